#!/usr/bin/env bash
# Stops the runs started from this folder and everything they started. See --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
readonly root save_limit_s=30 end_limit_s=10

usage() {
  cat <<'TEXT'
Usage: ./teardown.sh [--save NAME] [--purge] [runs folder ...]

Stops every live run under the runs folder (runs/, unless others are named) and what
it started, and `halo serve` with its services. A run that is stopped saves its state
first: `halo run --resume` goes on with it. Only recorded processes are touched, a run's
own in <run>/state.json and services in <run>/pids/ (runs/services/pids/), and only while
they are still those processes.

  --save NAME  also copy the adapter that was committed last to checkpoints/NAME
  --purge      also remove what ./launch.sh put into this folder: node_modules, .tools
  --help       this text

Runs, logs, checkpoints and system packages always stay.
Exit status: 0 nothing is left running; 1 something could not be stopped, or no adapter
saved; 2 wrong option.
TEXT
}

say() { printf 'teardown: %s\n' "$*" >&2; }

# Seconds since 1970 at which a process started; fails when there is none.
started_at() {
  local line ticks
  if [ -r "/proc/$1/stat" ]; then
    line=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    # The second field is a name in parentheses that may hold spaces; the 20th after it is the start.
    ticks=$(awk '{ print $20 }' <<<"${line##*) }")
    awk -v ticks="$ticks" -v hz="$(getconf CLK_TCK)" '$1 == "btime" { printf "%d\n", $2 + ticks / hz }' /proc/stat
  else
    ps -o etime= -p "$1" | awk -v now="$(date +%s)" 'NF { n = split($1, t, "[-:]"); s = t[n] + 60 * t[n - 1]
      if (n > 2) s += 3600 * t[n - 2]; if (n > 3) s += 86400 * t[n - 3]; print now - s; found = 1 } END { exit !found }'
  fi
}

# A zombie is over; it only waits for its parent to take note.
is_alive() {
  kill -0 "$1" 2>/dev/null || return 1
  [ ! -r "/proc/$1/stat" ] || [[ "$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null)" != Z* ]]
}

# A process that began after its record was written is another one under a used number.
is_recorded() {
  local start
  is_alive "$2" && start=$(started_at "$2") && ((start <= $(date -r "$1" +%s) + 2))
}

# Reads a run's state.json; a folder of runs may be shared by several machines.
is_running_here() {
  [ -f "$1" ] && grep -q '"status": *"RUNNING"' "$1" && grep -q "\"host\": *\"$(uname -n)\"" "$1"
}

# Every process with its parent.
parents() {
  if [ -d /proc/self ]; then
    cat /proc/[0-9]*/stat 2>/dev/null | sed 's/(.*) / /' | awk '{ print $1, $3 }'
  else
    ps -eo pid=,ppid=
  fi
}

# The children of a process, their children, and so on, one number a line.
descendants() {
  { parents || true; } | awk -v top="$1" '{ parent[$1] = $2 }
    END { for (p in parent) { for (q = parent[p]; q > 1 && q != top; ) q = parent[q]; if (q == top) print p } }'
}

signal() {
  local pid name=$1
  shift
  for pid; do kill "-$name" "$pid" 2>/dev/null || true; done
}

# Waits until all are gone; fails when the time is up.
wait_for_end() {
  local pid limit=$((SECONDS + $1))
  shift
  for pid; do
    while is_alive "$pid"; do
      if ((SECONDS >= limit)); then return 1; fi
      sleep 0.1
    done
  done
}

# The adapter folder of the newest COMMIT below the folders; nothing when there is none.
last_adapter() {
  local folder commit newest=
  for folder; do
    for commit in "$folder"/*/iter/*/COMMIT "$folder"/*/arms/*/iter/*/COMMIT; do
      if [ -f "$commit" ] && { [ -z "$newest" ] || [ "$commit" -nt "$newest" ]; }; then newest=$commit; fi
    done
  done
  if [ -n "$newest" ]; then printf '%s' "${newest%COMMIT}adapter"; fi
}

# Copies the last adapter to checkpoints/$1: the folder in the run, or the one its manifest names.
save_adapter() {
  local name=$1 from files to=$root/checkpoints/$1
  shift
  from=$(last_adapter "$@")
  if [ -z "$from" ]; then
    say "nothing to save as $name: no run here has committed an adapter"
    return 1
  fi
  files=$from
  if [ -f "$from/halo.json" ] && [ ! -f "$from/adapter_model.safetensors" ]; then
    files=$(sed -n 's/.*"location": *"\([^"]*\)".*/\1/p' "$from/halo.json")
    if [ ! -d "$files" ]; then
      say "the weights of $from are on another machine, in ${files:-a folder it does not name}"
      say "copy that folder to $to to keep them"
      return 1
    fi
  fi
  rm -rf "$to.partial"
  mkdir -p "$to.partial"
  cp "$files"/* "$to.partial/"
  mv "$to.partial" "$to"
  say "saved $from as checkpoints/$name"
}

purge=no save=
folders=()
while (($#)); do
  case $1 in
    --purge) purge=yes ;;
    --save)
      save=${2:-}
      if ! [[ $save =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]]; then say "--save needs a name, got \"$save\""; exit 2; fi
      if [ -e "$root/checkpoints/$save" ]; then say "checkpoints/$save is there already; choose another name"; exit 2; fi
      shift
      ;;
    -h | --help) usage; exit 0 ;;
    -*) say "unknown option $1; see ./teardown.sh --help"; exit 2 ;;
    *) folders+=("$1") ;;
  esac
  shift
done
if ((${#folders[@]} == 0)); then folders=("$root/runs"); fi

runs=() services=() others=() records=()
for folder in "${folders[@]}"; do
  for state in "$folder"/*/state.json; do
    if ! is_running_here "$state"; then continue; fi
    pid=$(sed -n 's/.*"pid": *\([0-9][0-9]*\).*/\1/p' "$state")
    if [ -n "$pid" ] && is_recorded "$state" "$pid"; then runs+=("$pid"); fi
  done
  for record in "$folder"/*/pids/*; do
    pid=${record##*/}
    if [ ! -f "$record" ] || ! [[ $pid =~ ^[0-9]+$ ]]; then continue; fi
    records+=("$record")
    if is_recorded "$record" "$pid"; then services+=("$pid"); fi
  done
done
for pid in ${runs[@]+"${runs[@]}"} ${services[@]+"${services[@]}"}; do
  # Word splitting is meant: one number a word.
  # shellcheck disable=SC2207
  others+=($(descendants "$pid"))
done

# The run first: it saves its state and closes what it opened. Then what is left.
if ((${#runs[@]})); then
  say "stopping ${#runs[@]} run(s)"
  signal TERM "${runs[@]}"
  wait_for_end $save_limit_s "${runs[@]}" || say "a run did not end within $save_limit_s s and is killed"
fi
all=(${runs[@]+"${runs[@]}"} ${services[@]+"${services[@]}"} ${others[@]+"${others[@]}"})
left=0
if ((${#all[@]})); then
  signal TERM "${all[@]}"
  if ! wait_for_end $end_limit_s "${all[@]}"; then
    signal KILL "${all[@]}"
    wait_for_end $end_limit_s "${all[@]}" || left=1
  fi
fi
if ((left)); then
  for pid in "${all[@]}"; do if is_alive "$pid"; then say "process $pid could not be stopped"; fi; done
  exit 1
fi
if ((${#records[@]})); then rm -f "${records[@]}"; fi
if ((${#all[@]})); then say "stopped; the state is kept in the run folders"; else say "nothing was running"; fi

if [ -n "$save" ]; then save_adapter "$save" "${folders[@]}"; fi

if [ $purge = yes ]; then
  rm -rf "$root/node_modules" "$root/.tools"
  say "removed node_modules and .tools; kept runs/, checkpoints/ and system packages (Chromium)"
fi
