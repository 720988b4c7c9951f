#!/usr/bin/env bash
# Judges the libraries that have an adapter here, and writes reports/wild.md:
#
#   adapters/wild.sh FOLDER [NAME…]
#
# installs them into FOLDER (install.sh; once: a FOLDER that has its list of
# commands is used as it is), runs the gate on each adapter of FOLDER/commands,
# or on those named, with its known failures, adapters/expect/NAME.txt, and
# makes the page of all results that are in FOLDER then. What could not be
# installed or judged is told on the page with the reason.
#
# All are asked the same, so that their figures can be compared. With EXPECT=update
# in the environment the known failures are written anew.
#
# FOLDER/NAME gets results.jsonl and the reports of one, FOLDER the report of
# all. The exit status is 0 only if every run is green, and what is required and fails is
# in defects.tsv with its state and what would mend it, and nothing else.
set -uo pipefail
checks=1000 # random cases a claim and regime: the grid of special values is up to twenty times as many
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { sed -n '2,19s/^# \?//p' "$0"; exit 2; }
mkdir -p "$1" "$here/expect" && folder=$(cd "$1" && pwd) && shift
wanted=" $* "

# reason NAME: why the gate did not judge it.
reason() {
  [ -e "$folder/$1/gate.log" ] || { echo "installed, but not judged yet"; return; }
  { grep -m1 'Error: ' "$folder/$1/gate.log" || grep -m1 '^ebmcheck: ' "$folder/$1/gate.log" || echo unknown; } | sed 's/^ebmcheck: //'
}

[ -s "$folder/commands" ] || "$here/install.sh" "$folder" || exit
(cd "$here/.." && go build -o "$folder/ebmcheck" .) || exit
status=0
while IFS=$'\t' read -r name command <&3; do
  [ "$wanted" = "  " ] || [[ $wanted == *" $name "* ]] || continue
  out=$folder/$name expect=$here/expect/$name.txt known=() red="not green"
  if [ "${EXPECT:-}" = update ]; then
    known=(--expect "$expect" --update-expect) red="not green, what fails is written to expect/$name.txt"
  elif [ -e "$expect" ]; then
    known=(--expect "$expect")
  fi
  mkdir -p "$out" && rm -rf "$out/results.jsonl" "$out/counterexamples"
  began=$SECONDS
  # Compiling for a new number of energies takes a second or two where the machine is busy.
  nice "$folder/ebmcheck" gate --checks $checks --call-timeout 60s "${known[@]}" --out "$out" -- $command >"$out/gate.txt" 2>"$out/gate.log"
  code=$?
  [ $code = 0 ] || status=1
  if [ -e "$expect" ] && ! grep -qv '^#' "$expect"; then rm "$expect"; fi # nothing is known to fail
  case $code in 0) says=green ;; 1) says=$red ;; 4) says=incomplete ;; *) says="not judged: $(reason "$name")" ;; esac
  echo "$name: $says ($((SECONDS - began)) s)"
done 3<"$folder/commands"

# Every command and every absence is on the page, as results or with the reason.
cp "$folder/missing" "$folder/absent"
results=()
while IFS=$'\t' read -r name _; do
  if [ -s "$folder/$name/results.jsonl" ]; then
    results+=("$name/results.jsonl")
  else
    printf '%s\t%s\n' "$name" "$(reason "$name")" >>"$folder/absent"
  fi
done <"$folder/commands"
cd "$folder" && ./ebmcheck report --wild "$here/../reports/wild.md" --defects "$here/defects.tsv" --absent absent "${results[@]}" >report.txt
[ $? != 2 ] || exit 2 # its other exit codes are those of the runs
echo "reports/wild.md: ${#results[@]} judged, $(wc -l <absent) not"
exit $status
