#!/usr/bin/env bash
# Tests the packages of python and node as they are installed, and tries ebmcheck as
# somebody new does, in fresh folders:
#
#   adapters/packages.sh [python|node|go…]
#
# python: a wheel and a virtual environment, from whatever registry pip is set up for; its
# tests, its types, and testdata/newcomer with NumPy and PyTorch (5 GB; JAX where that does not
# install; LIBRARIES=numpy leaves it out). node: npm pack and npm install, its tests, its
# types. go: a module of its own, testdata/newcomer.
#
# The exit status is 0 only if all that was asked for was tested and passes.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
wanted=" ${*:-python node go} "
status=0

# part NAME NEEDED…: tests it with what is needed to do so, each a command.
part() {
  local name=$1 needed
  shift
  [[ $wanted == *" $name "* ]] || return 0
  for needed; do
    if ! $needed >/dev/null 2>&1; then
      echo "$name: not tested: \"$needed\" does not work here"
      status=1
      return
    fi
  done
  mkdir "$folder/$name"
  (set -e; cd "$folder/$name"; "test_$name") # in a condition, set -e would mean nothing
  case $? in
    0) echo "$name: passed" ;;
    *) echo "$name: FAILED"; status=1 ;;
  esac
}

test_python() {
  python3 -m venv venv
  local pip="venv/bin/python -m pip --disable-pip-version-check -q"
  $pip wheel --no-deps -w wheels "$here/python"
  python3 -m zipfile -l wheels/ebmcheck-*.whl | grep 'ebmcheck/py.typed' >/dev/null # not -q, which breaks the pipe
  $pip install "$here/python" pytest mypy ipython
  [ "$(cd / && "$folder/python/venv/bin/python" -c 'import ebmcheck; print(ebmcheck.__file__.startswith("'"$folder"'"))')" = True ]
  venv/bin/mypy --strict -p ebmcheck
  cp -r "$here/python/tests" tests
  (cd tests && ../venv/bin/pytest -q .)
  local tried=(test_readme.py test_front.py) library
  for library in ${LIBRARIES:-numpy torch}; do
    if nice $pip install "$library"; then
      tried+=("test_$library.py")
    elif [ "$library" = torch ] && nice $pip install jax numpy; then
      echo "python: torch cannot be had here, jax for it"
      tried+=(test_jax.py)
    else
      echo "python: $library cannot be had here"
      return 1
    fi
  done
  if [[ " ${tried[*]} " == *numpy* ]]; then # the reader of vectors, and the same with a mistake
    "$EBMCHECK" vectors --out vectors
    venv/bin/python "$here/vectors/read.py" vectors/vectors.json
    local judging=$here/vectors/testdata/judging.json # of each it says whether it is wrong
    venv/bin/python "$here/vectors/read.py" "$judging" >judging.txt && return 1
    [ "$(grep -c ' got .* wrong$' judging.txt)" = "$(grep -v free_energy "$judging" | grep -c '"wrong"')" ]
    grep ' got .* right$' judging.txt && return 1
    sed 's/np.logaddexp(0.0, F\[0\] - F\[1\])/np.log(1 + np.exp(F[0] - F[1]))/' "$here/vectors/read.py" >naive.py
    cmp -s naive.py "$here/vectors/read.py" && return 1
    venv/bin/python naive.py vectors/vectors.json >naive.txt && return 1
    tail -n 1 naive.txt
  fi
  cp -r "$here/../testdata/newcomer" newcomer
  cp "$here/README.md" newcomer
  cp "$here/../README.md" newcomer/FRONT.md
  (cd newcomer && ../venv/bin/pytest -q "${tried[@]}")
}

test_node() {
  echo '{"private":true,"type":"module"}' >package.json
  npm pack --silent --pack-destination . "$here/node"
  tar tf ebmcheck-*.tgz | grep '^package/index.d.ts$' >/dev/null
  npm install --silent --no-audit --no-fund ./ebmcheck-*.tgz typescript
  cp "$here"/node/test/* "$here"/../testdata/newcomer/*.mjs .
  node --test --test-reporter=spec
  npx tsc --noEmit --strict --target es2022 --module nodenext types.ts
  mkdir folder
  cd folder
  echo '{"private":true,"type":"module"}' >package.json
  npm install --silent --no-audit --no-fund "$here/node"
  node -e "import('ebmcheck').then(({ check }) => check((F, m) => Math.max(m + F[0] - F[1], 0), { op: 'hinge', profile: 'smoke' }))"
}

test_go() {
  cp "$here"/../testdata/outside/go.{mod,sum} .
  cp "$here"/../testdata/newcomer/*.go .
  go mod edit -replace "ebmcheck=$here/.."
  go test -count=1 .
}

(cd "$here/.." && go build -o "$folder/ebmcheck" .) || exit
export EBMCHECK=$folder/ebmcheck
part python "python3 -m venv --help" "python3 -m ensurepip --version"
part node "node --version" "npm --version"
part go "go version"
exit $status
