module example.org/mylosses

go 1.26.0

require ebmcheck v0.0.0

require (
	golang.org/x/tools v0.51.0 // indirect
	gonum.org/v1/gonum v0.17.0 // indirect
	pgregory.net/rapid v1.3.0 // indirect
)

replace ebmcheck => ../..
