# What a GPU run needs of this machine and no package brings: launch.sh asks before anything is waited for or fetched.
# shellcheck shell=bash disable=SC2154 # names of launch.sh

# The GPU that the run gets: that of CUDA_VISIBLE_DEVICES, a number or an identity, else the first. Sets driver, free and name.
chosen_gpu() {
  local all first=${CUDA_VISIBLE_DEVICES:-0}
  local query=(--query-gpu=driver_version,memory.free,name --format=csv,noheader,nounits)
  first=${first%%,*}
  if [[ $first =~ ^(GPU|MIG)- ]]; then query+=("--id=$first") first=0; fi
  all=$(within_limit nvidia-smi "${query[@]}" 2>&1) || true
  [[ $first =~ ^[0-9]+$ ]] || first=0
  IFS=, read -r driver free name < <(sed -n "$((first + 1))p" <<<"$all") || true
  [[ ${free:-} =~ ^\ *[0-9]+$ ]] && return
  [[ $all =~ ^[0-9.]+, ]] && missing "there is no GPU $first; nvidia-smi lists $(awk 'END { print NR }' <<<"$all")" "Correct CUDA_VISIBLE_DEVICES."
  missing "nvidia-smi does not work: ${all:-it printed nothing}" "Load or reinstall the driver; after an update, reboot."
}

# A GPU with enough free memory beside the chosen one; its number.
free_gpu() {
  nvidia-smi --query-gpu=memory.free --format=csv,noheader,nounits 2>/dev/null |
    awk -F, -v wanted="$1" '{ if ($NF + 0 < 1) next } $1 / 1024 >= wanted { print NR - 1; exit }'
}

# The folder of NVIDIA's forward-compatibility package for CUDA 13; nothing where there is none.
compatibility_folder() {
  local folder
  for folder in "${VLLM_CUDA_COMPATIBILITY_PATH:-}" /usr/local/cuda-13*/compat /usr/local/cuda/compat; do
    if [ -e "$folder/libcuda.so.1" ]; then
      printf '%s' "$folder"
      return
    fi
  done
}

# A driver older than vLLM's CUDA wants goes with that package, on data-centre cards.
preflight_driver() {
  local folder
  ((${driver%%.*} < driver_major)) || return 0
  folder=$(compatibility_folder)
  if [ -z "$folder" ]; then
    missing "the NVIDIA driver is $driver; vLLM $vllm_version needs $driver_major or newer" \
      "Update the driver. A data-centre card may keep it with NVIDIA's forward-compatibility package, which is not here:" \
      "apt-get install cuda-compat-13-0 (from NVIDIA's repository), then run this again; it says what to export." \
      "With environments of your own for an older one: ./launch.sh --skip-setup --profile gpu"
  fi
  case "${VLLM_ENABLE_CUDA_COMPATIBILITY:-0} :${LD_LIBRARY_PATH:-}:" in
    1\ *:"$folder":*) ;;
    *)
      missing "the NVIDIA driver is $driver, older than $driver_major, and the forward-compatibility package is not switched on" \
        "export VLLM_ENABLE_CUDA_COMPATIBILITY=1 VLLM_CUDA_COMPATIBILITY_PATH=$folder LD_LIBRARY_PATH=$folder" \
        "It works on data-centre cards alone."
      ;;
  esac
  say "NOTE: driver $driver with forward compatibility from $folder; halo doctor --gpu will tell whether that works here"
}

# GiB that are free where a folder is, or will be.
free_disk() {
  local place=$1
  until [ -e "$place" ]; do place=$(dirname "$place"); done
  df -Pk "$place" | awk 'NR == 2 { printf "%d", $4 / 1048576 }'
}

# Whether the weights of HALO_MODEL need not be fetched.
has_weights() {
  local model=${HALO_MODEL:-Qwen/Qwen3-VL-8B-Instruct}
  [ -d "$model" ] || [ "$(cat .tools/.weights 2>/dev/null)" = "$model" ]
}

# Environments go below this folder, weights into the cache of their hub, which may be on another disk.
preflight_disk() {
  local disk weights=${HF_HUB_CACHE:-${HF_HOME:-${HOME:-/root}/.cache/huggingface}/hub}
  disk=$(free_disk .)
  if [ ! -e .tools/vllm/.halo-gpu ] && ((disk < gpu_disk_gib)); then
    missing "$disk GiB of disk are free here, environments and weights take $gpu_disk_gib" "Free some, or clone onto another disk."
  fi
  if has_weights; then return; fi
  disk=$(free_disk "$weights")
  if ((disk < weights_disk_gib)); then
    missing "$disk GiB of disk are free in $weights, weights take $weights_disk_gib" "Free some, or set HF_HOME to a folder on another disk."
  fi
}

preflight_gpu() {
  local driver free name wanted=${HALO_GPU_FREE_GIB:-$gpu_free_gib} other
  has nvidia-smi || missing "no NVIDIA driver: nvidia-smi is not on the PATH" \
    "Install the driver ($driver_major or newer), or run where there is a GPU; without one: ./launch.sh" \
    "With vLLM and trainer on another machine: set HALO_VLLM_URL and HALO_LORA_URL (docs/operations.md)"
  chosen_gpu
  preflight_driver
  if ((free / 1024 < wanted)); then
    other=$(free_gpu "$wanted")
    missing "${name# } has $((free / 1024)) GiB of free memory, the 8B beside its trainer needs $wanted" \
      ${other:+"GPU $other has as much: export CUDA_VISIBLE_DEVICES=$other"} \
      "Stop what uses it: nvidia-smi. A smaller model: set HALO_MODEL, and HALO_GPU_FREE_GIB to what it needs;" \
      "halo doctor --gpu prints the memory plans."
  fi
  preflight_disk
  has cc || has gcc || has clang || missing "no C compiler: vLLM and the trainer compile kernels when they start" \
    "Debian, Ubuntu: apt-get install build-essential python3-dev    Fedora: dnf install gcc python3-devel"
  say "GPU: ${name# }, driver $driver, $((free / 1024)) GiB free"
}

# A Python to make the environments with, before hours go into the rest.
preflight_python() {
  local python=${HALO_PYTHON:-python3}
  install_venv
  is_python_fit "$python" || missing "Python 3.10 to 3.13 with venv is needed, \"$python\" is $("$python" --version 2>&1 || true)" \
    "Debian, Ubuntu: apt-get install python3-venv    Fedora: dnf install python3" \
    "Another one: HALO_PYTHON=/path/to/python3.12 ./launch.sh --profile gpu"
  "$python" -c 'import os, sys, sysconfig; sys.exit(not os.path.exists(os.path.join(sysconfig.get_paths()["include"], "Python.h")))' ||
    missing "Python.h is missing for \"$python\": kernels are compiled against it when vLLM and the trainer start" \
      "Debian, Ubuntu: apt-get install python3-dev    Fedora: dnf install python3-devel"
}
