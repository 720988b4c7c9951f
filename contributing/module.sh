#!/bin/sh
# module.sh PATH names the module PATH: in go.mod, in the modules beside it, and in
# every import, be it in a file of Go or in a template of one.
set -eu
cd "$(dirname "$0")/.."
old=$(go list -m)
go mod edit -module "$1"
for sub in testdata/outside adapters/go; do
	(
		cd "$sub"
		if test "$(go list -m)" = "$old/$sub"; then
			go mod edit -module "$1/$sub"
		fi
		if grep -q "replace $old =>" go.mod; then
			go mod edit -droprequire "$old" -dropreplace "$old" -require "$1@v0.0.0" -replace "$1=../.."
		fi
	)
done
find . \( -name '*.go' -o -name '*.tmpl' \) -exec sed -i.before "s|\"$old/|\"$1/|g" {} +
find . -name '*.before' -exec rm {} +
gofmt -w .
echo "the module $old is $1 now"
