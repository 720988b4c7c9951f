package judge

import (
	"fmt"
	"strconv"
)

// A judge turns a reply into parts; broken says what is wrong with a reply
// that cannot be judged at all.
type judge func(a *Asked) (parts []part, broken string)

// refuses is what is said of a subject that answers with an error.
const refuses = "the subject refuses the arguments: "

// refused is what is wrong with a reply that is an error where there is an
// answer, or no reply at all.
func refused(a *Asked) string {
	if a.reply.Outcome != "" {
		return a.reply.Error
	}
	if a.reply.Error != "" {
		return refuses + a.reply.Error
	}
	return ""
}

// at names a component.
func at(what string, i int) string { return what + "[" + strconv.Itoa(i) + "]" }

func sized(what string, got, want int) string {
	if got != want {
		return fmt.Sprintf("%d numbers in %s, want %d, one an energy", got, what, want)
	}
	return ""
}
