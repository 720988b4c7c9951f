// Package adapter is the subprocess door: an implementation in any language,
// started as a child process, as a subject of package properties.
//
// # The protocol, in short
//
// Runner and child talk in JSON Lines: one JSON object a line, UTF-8, requests
// on the child's standard input, answers on its standard output, in order, each
// line flushed. Up to two requests are there before they are answered. Standard error
// is free text.
//
//	→ {"cmd":"start","version":1}
//	← {"version":1,"implementation":{"name":"mine"},"precision":"float64","ops":["hinge"]}
//	→ {"cmd":"run","seq":1,"calls":[{"op":"hinge","margin":1.0,"energies":[0.3,0.5],"answer":0}]}
//	← {"seq":1,"results":[{"value":0.8,"grad":[1.0,-1.0]}]}
//	→ {"cmd":"stop"}
//
// A real is a JSON number, or "NaN", "Infinity", "-Infinity" in quotes. A
// result is an answer, {"unsupported":"why"} or {"error":"message"}. What is
// true of an answer never crosses the pipe.
//
// An entry of "ops" may define a loss of the child's own:
//
//	{"name":"squared_hinge","formula":"pos(m + F[y] - F[ybar])^2","params":{"m":[0.0,10.0]}}
//
// One that cannot be defined is a *LossError.
//
// "nll.batch" in "ops", or "batch" for all losses beside it, offers rows of a loss at once:
//
//	→ {"op":"batch","of":"nll","rows":[{…},{…}],"mask":[[true,true],[true,false]],"weights":[1.0,0.5],"reduction":"mean"}
//	← {"value":0.5,"grads":[[…],[…]]}, or of reduction "none" {"values":[…],"grads":[[…],[…]]}
//
// # What can go wrong
//
//	crashed  the process ended before it answered
//	timeout  no line within the limit; it is killed
//	garbage  a line that is not the JSON asked for, a wrong seq, a wrong number of results;
//	         or, started again, the child has another name, precision, ops or arithmetic
//	not-run  no restart is left, or the run was ended
//
// Trouble with a line ends the child: what it prints next could belong to
// anything. The door starts it again and narrows the batch down to the call
// that does it. Trouble inside one entry of a sound line, such as a null for a
// value, is that call's alone and costs no restart.
//
// # Map
//
//	Open, Door, Limits             the subject behind the door: batches, restarts, narrowing (door.go)
//	request                        what is in flight, and how large the next batch is (flight.go)
//	process                        a child, its pipes, its limits, its end (process.go, group_*.go, death_*.go)
//	Start, Started, Entry, Run, Results, Answer, Stop    the messages (messages.go)
//	batch                          batches on offer, and answers to them (batch.go)
//	decode                         lines into messages, with errors that say what would be right (decode.go, twice.go);
//	                               those that are plain in one pass (plain.go)
//	Schema                         the JSON Schema of the messages, protocol.schema.json (schema.go)
package adapter
