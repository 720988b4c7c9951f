package draw

// Vectors yields every vector of n of the values, the first varying slowest;
// the slice is used again.
func Vectors(n int, values []float64) func(func([]float64) bool) {
	return func(yield func([]float64) bool) {
		index, v := make([]int, n), make([]float64, n)
		for {
			for i, j := range index {
				v[i] = values[j]
			}
			if !yield(v) {
				return
			}
			i := n - 1
			for ; i >= 0; i-- {
				if index[i]++; index[i] < len(values) {
					break
				}
				index[i] = 0
			}
			if i < 0 {
				return
			}
		}
	}
}
