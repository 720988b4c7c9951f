package profile

import (
	"fmt"
	"testing"
	"time"
	"os"
)

func TestShow(t *testing.T) {
	start := time.Now()
	p, err := Of(os.Getenv("L"), os.Getenv("C"))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(p.Shown, p.ForAll, time.Since(start))
	for _, a := range p.Answers {
		fmt.Printf("%-20s %-30s %s %d %v\n", a.Question, a.Answer, a.Evidence, a.Cases, a.OfTwo)
		if a.Case != "" { fmt.Println("      ", a.Fails, a.Case) }
		if os.Getenv("V") != "" { for _, s := range a.Says { fmt.Println("      ", s) } }
	}
}
