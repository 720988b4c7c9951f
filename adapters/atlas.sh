#!/usr/bin/env bash
# Looks for the largest errors of libraries, and writes reports/atlas.md:
#
#   adapters/atlas.sh FOLDER
#
# installs them into FOLDER (install.sh; once: a FOLDER that has its list of commands is used
# as it is), searches the reference, NumPy with SciPy, JAX, PyTorch and gonum, those that are
# there, asks the reference all short vectors over a grid, and makes the page. FOLDER/atlas
# gets the results of each. All are asked by the same seed.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 1 ] || { sed -n '2,9s/^# \?//p' "$0"; exit 2; }
mkdir -p "$1/atlas" && folder=$(cd "$1" && pwd)
[ -s "$folder/commands" ] || "$here/install.sh" "$folder" || exit
(cd "$here/.." && go build -o "$folder/ebmcheck" .) || exit

results=()
# searched NAME SUB-COMMAND…: keeps the results of it, if there are any.
searched() {
  local out=$folder/atlas/$1
  shift
  rm -rf "$out"
  nice "$folder/ebmcheck" "$@" >"$out.txt" 2>"$out.log" # by its exit code it says what is right
  if [ -s "$out/results.jsonl" ]; then results+=("$out/results.jsonl"); else echo "${out##*/}: $(tail -1 "$out.log")"; fi
}
searched reference atlas --out "$folder/atlas/reference"
while IFS=$'\t' read -r name command <&3; do
  case $name in
    numpy+scipy | jax* | pytorch-float* | pytorch-bfloat16 | gonum)
      searched "$name" atlas --call-timeout 60s --out "$folder/atlas/$name" -- $command ;;
  esac
done 3<"$folder/commands"
searched grid exhaustive --sets '*/grid' --out "$folder/atlas/grid"
cd "$folder/atlas" && ../ebmcheck report --atlas "$here/../reports/atlas.md" "${results[@]}" >report.txt
[ $? != 2 ] || exit 2 # its other exit codes are those of the runs
echo "reports/atlas.md: ${#results[@]} runs"
