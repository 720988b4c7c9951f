package result

// A Text is a public text, other than the source, of which statements are judged: the references X01 and on. Where such a
// statement stands begins with the text's name.
type Text struct {
	Name, About string
	Read        string // how it was read, and whether what is judged still stands
}

// Texts is their index.
var Texts = []Text{
	{"DLSP20", "Deep Learning, New York University, spring 2020: lecture notes (Atcold/NYU-DLSP20, docs/en, with a dozen translations)", "read in the text: 07-1 at 0a783c5, 07-2 at 026c5ed (mended since in c42d8e7), 08-1 at 0adab08, 11-2 at 0119a38, 14-2 at 017e82f, 15-2 at 013fdf5"},
	{"UvA", "Deep Learning, University of Amsterdam: notebook Deep_Energy_Models (phlippe/uvadlc_notebooks)", "read in the text, at 10670df"},
	{"torchebm", "documentation of a library: concepts, the energy-based view (soran-ghaderi/torchebm)", "read in the text, at 0142c5d"},
	{"aprender", "contracts of a library: softmax-kernel-v1 (paiml/aprender), softmax-v1 of aprender-train", "read in the text: softmax-kernel-v1 at 3ab9e25, softmax-v1 up to its postconditions in aprender-train 0.41.0"},
	{"d2l", "Dive into Deep Learning (d2l-ai/d2l-en)", "known by thread 1593; mended"},
	{"pml2", "Probabilistic Machine Learning: Advanced Topics (probml/pml2-book)", "known by the thread with that number; mended"},
	{"pml1", "Probabilistic Machine Learning: An Introduction (probml/pml-book)", "known by the thread with that number; mended in the online text"},
	{"scikit-learn", "user guide: restricted Boltzmann machines (scikit-learn)", "known by thread 11153; mended"},
	{"optax", "documentation of softmax_cross_entropy (google-deepmind/optax)", "known by thread 1040; mended 2024"},
	{"Paddle", "documentation of the multi-label soft margin loss (PaddlePaddle/Paddle)", "known by thread 70389; mended 2024"},
	{"torch", "documentation of losses (torch/nn, pytorch/pytorch)", "known by the threads with those numbers; mended where it was wrong"},
	{"GraphCL", "code and paper (Shen-Lab/GraphCL)", "known by threads 2 and 27; the author agrees"},
	{"RBM", "a restricted Boltzmann machine (odie2630463/Restricted-Boltzmann-Machines)", "known by thread 1, open"},
	{"notes", "lecture notes on machine learning (2019ChenGong/Machine-Learning-Notes)", "known by thread 4, open"},
	{"mlrefined", "Machine Learning Refined (neonwatty/machine-learning-refined)", "known by thread 16, an errata sheet"},
	{"blog", "a blog post, kept in guevara/read-it-later", "known by thread 400"},
	{"Table 1 and notes", "Table 1 of A Tutorial on Energy-Based Learning (LeCun, Chopra, Hadsell, Ranzato and Huang, 2006), its text, and notes of courses and students on it: the errata E2 to E11", "the table in its image, the text by notes on it"},
}
