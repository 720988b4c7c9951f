#!/usr/bin/env bash
# Installs the libraries that have an adapter here, each by itself:
#
#   adapters/install.sh FOLDER [LIBRARY…]
#
# into a Python environment, a node_modules and a bin under FOLDER, from
# whatever registries pip, npm and go are set up for. A library counts as
# installed when its adapter speaks (ebmcheck smoke). What could not be
# installed is told with the reason, and is no failure of this script: the
# exit status is 1 only if nothing at all could be installed.
#
# FOLDER/commands gets one line an adapter that answers: its name, a tab, and
# the command that starts it. FOLDER/missing gets the others: name, tab, reason.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { sed -n '2,14s/^# \?//p' "$0"; exit 2; }
mkdir -p "$1" && folder=$(cd "$1" && pwd) && shift
wanted=" $* "
python=$folder/python/bin/python
: >"$folder/commands"
: >"$folder/missing"
(cd "$here/.." && go build -o "$folder/ebmcheck" .) || exit

# wants LIBRARY: was it asked for, or nothing in particular?
wants() { [ "$wanted" = "  " ] || [[ $wanted == *" $1 "* ]]; }

# reason LOG: the last line that says something, without addresses.
reason() { grep -v '^ *$' "$1" | grep -iE 'error|fail|no such|not found|cannot' | tail -1 | sed -E 's|https?://[^ )]*|…|g' | cut -c1-200; }

missing() {
  printf '%s\t%s\n' "$1" "${2:-unknown, see $folder/$1.log}" >>"$folder/missing"
  echo "not installed: $1: ${2:-unknown}"
}

# answers NAME COMMAND…: does the adapter speak, rightly or not? Then it is one of the commands.
answers() {
  local name=$1 log=$folder/$1.log
  shift
  "$folder/ebmcheck" smoke --call-timeout 60s -- "$@" >"$log" 2>&1
  if [ $? -le 1 ]; then
    printf '%s\t%s\n' "$name" "$*" >>"$folder/commands"
    echo "ready: $name"
  else
    missing "$name" "installed, but its adapter does not answer: $(reason "$log")"
  fi
}

# pip PACKAGES…: into the environment, which is made when first needed.
pip() {
  [ -x "$python" ] || python3 -m venv "$folder/python" || return
  nice "$python" -m pip install --disable-pip-version-check -q "$@"
}

# python LIBRARY ADAPTER PACKAGES…: by pip; failing that, the system's own
# python3, where the distribution's package may be (python3-torch, …).
python() {
  local library=$1 adapter=$here/python/$2
  shift 2
  if pip "$@" >"$folder/$library.log" 2>&1; then
    interpreter=$python
  elif (cd / && /usr/bin/python3 -c "import ${library//-/_}") 2>/dev/null; then
    interpreter=/usr/bin/python3
    echo "$library: the system's own, pip could not: $(reason "$folder/$library.log")"
  else
    missing "$library" "$(reason "$folder/$library.log")"
    return 1
  fi
}

if wants scipy && python scipy numpy_scipy.py numpy==2.4.6 scipy==1.17.1; then
  answers numpy+scipy "$interpreter" "$here/python/numpy_scipy.py"
fi
if wants sklearn && python sklearn scikit_learn.py numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1; then
  answers scikit-learn-losses "$interpreter" "$here/python/scikit_learn.py" losses
  answers scikit-learn-metrics "$interpreter" "$here/python/scikit_learn.py" metrics
fi
if wants jax && python jax jax_nn.py jax==0.10.2 jaxlib==0.10.2; then
  answers jax "$interpreter" "$here/python/jax_nn.py" float64
  answers jax-float32 "$interpreter" "$here/python/jax_nn.py" float32
fi
if wants optax && python optax optax_losses.py jax==0.10.2 jaxlib==0.10.2 optax==0.2.8; then
  answers optax "$interpreter" "$here/python/optax_losses.py" float64
  answers optax-float32 "$interpreter" "$here/python/optax_losses.py" float32
fi
if wants keras && python keras keras_losses.py jax==0.10.2 jaxlib==0.10.2 keras==3.15.1; then
  answers keras "$interpreter" "$here/python/keras_losses.py"
fi
# About 5 GB on disk: the package brings its accelerator libraries, wanted or not.
if wants torch && python torch pytorch.py torch==2.15.0; then
  for precision in float64 float32 bfloat16 float16; do
    answers "pytorch-$precision" "$interpreter" "$here/python/pytorch.py" $precision
  done
fi
if wants sentence-transformers && python sentence-transformers sentence_transformers_losses.py torch==2.15.0 sentence-transformers==6.2.0; then
  answers sentence-transformers "$interpreter" "$here/python/sentence_transformers_losses.py"
fi
if wants pytorch-metric-learning && python pytorch-metric-learning metric_learning.py torch==2.15.0 pytorch-metric-learning==2.9.0; then
  answers pytorch-metric-learning "$interpreter" "$here/python/metric_learning.py"
fi

# npm_package LIBRARY PACKAGE: no install scripts, for those want to download more;
# saved, or the next install would remove it.
npm_package() {
  nice npm install --prefix "$folder/node" --ignore-scripts --no-audit --no-fund "$2" >"$folder/$1.log" 2>&1 ||
    { missing "$1" "$(reason "$folder/$1.log")"; return 1; }
}
modules=NODE_PATH=$folder/node/node_modules
mkdir -p "$folder/node" && [ -f "$folder/node/package.json" ] || echo '{"private":true}' >"$folder/node/package.json"
if wants tfjs && npm_package tfjs @tensorflow/tfjs@4.22.0; then
  answers tensorflow.js env "$modules" node "$here/node/tensorflow.mjs"
fi
if wants onnxruntime && npm_package onnxruntime onnxruntime-node@1.30.0; then
  answers onnxruntime-float64 env "$modules" node "$here/node/onnxruntime.mjs" float64
  answers onnxruntime-float32 env "$modules" node "$here/node/onnxruntime.mjs" float32
fi

for library in gonum gorgonia gomlx; do # versions: go/go.mod
  wants $library || continue
  if (cd "$here/go" && nice go build -o "$folder/bin/" ./$library) >"$folder/$library.log" 2>&1; then
    answers $library "$folder/bin/$library"
  else
    missing $library "$(reason "$folder/$library.log")"
  fi
done

echo "$(wc -l <"$folder/commands") adapters answer, $(wc -l <"$folder/missing") do not"
[ -s "$folder/commands" ]
