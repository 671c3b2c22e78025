"""The choices of the exam: the right letter, why, and what is wrong with every other one."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CHOICES", "RightChoice"]


@dataclass(frozen=True)
class RightChoice:
    """letter: the right one; reason: why; wrong: letter -> the sentence for whoever chose it."""

    letter: str
    reason: str
    wrong: dict[str, str]


CHOICES = {
    "3a": RightChoice(
        "B",
        "Where |input| is large a sigmoid is flat: its slope is next to 0, and a product of such slopes vanishes. "
        "Small gradients mean small steps, so training is slow.",
        {
            "A": (
                "The gradients vanish, but that does not make training unstable: tiny gradients make tiny, harmless "
                "steps."
            ),
            "C": "A sigmoid's slope is never above 1/4, so it cannot make gradients explode.",
            "D": "Training is slow, but because gradients vanish: a sigmoid's slope is never above 1/4.",
        },
    ),
    "3b": RightChoice(
        "B",
        "The 0/1 loss is a step: flat almost everywhere, with no derivative at the jump. Its gradient is 0 wherever it "
        "exists, so gradient descent stands still.",
        {
            "A": (
                "It is what we want to be small, but gradient descent needs a slope, and this loss has slope 0 almost"
                " everywhere."
            ),
            "C": "Nothing is learned at all: the gradient is 0, whatever the classes are.",
            "D": "Images are not the matter: the loss is flat for every kind of input.",
        },
    ),
    "3c": RightChoice(
        "A",
        "The squared error between one-hot labels and probabilities is differentiable and smallest at the right "
        "answer. "
        "Cross-entropy keeps a strong gradient where the network is confidently wrong, so it usually learns faster.",
        {
            "B": "The squared error is differentiable everywhere; it is the 0/1 loss that is not.",
            "C": "The squared error compares every class with its label, so all classes are learned.",
            "D": "The loss sees scores and labels, not pixels; it does not matter what the input is.",
        },
    ),
    "3d": RightChoice(
        "A",
        "A linear map is known once it is known on the n basis vectors. Their n images, each with m entries, are "
        "the columns of "
        "the matrix.",
        {
            "B": (
                "There is no exception: the images of the basis vectors are the matrix's columns, for every linear "
                "map."
            ),
            "C": (
                "Every linear map between R^n and R^m is a matrix: write the images of the basis vectors side by "
                "side."
            ),
        },
    ),
    "3e": RightChoice(
        "A",
        "max(kx, x) bends less and less as k approaches 1, and at k = 1 it is the identity: layers of linear maps "
        "are one linear "
        "map. The printed max(-kx, x) is |x| at k = 1, and |x| is not linear.",
        {
            "B": (
                "The negative side lets more through, but the bend between both sides, which makes the network more "
                "than linear, gets weaker."
            ),
            "C": (
                "At k = 1 nothing is left of the bend: the activation is the identity, and the network one linear "
                "map."
            ),
            "D": "The slopes are k and 1, both near 1: gradients pass well. What is lost is the bend.",
        },
    ),
    "6": RightChoice(
        "B",
        "What remains is m = b m + (1 - b) g and a step along m: a running average of gradients, that is, SGD with "
        "momentum.",
        {
            "A": (
                "The first moment is still there: the step follows a running average of gradients, not the gradient "
                "alone."
            ),
            "C": "The update as given here corrects no bias: m is used as it is.",
            "D": (
                "Nesterov takes the gradient at the place where the momentum would lead; here it is taken where we "
                "stand."
            ),
            "E": "Newton's method divides by second derivatives; here nothing is divided at all.",
        },
    ),
    "7a": RightChoice(
        "A",
        "A sum of n terms has n times the variance of one, and ReLU throws away half of it. With variance 2/n both "
        "cancel: the "
        "outputs are as large as the inputs, layer after layer.",
        {
            "B": "A variance does not make the weights sum to anything; their mean is 0.",
            "C": "Initialisation sets where training starts, not how well its end generalises.",
            "D": "Small gradients are not the aim; their size should neither shrink nor grow from layer to layer.",
        },
    ),
    "7b": RightChoice(
        "C",
        "A smaller learning rate tames exploding steps, but makes vanishing ones smaller still. The other three "
        "work against "
        "both.",
        {
            "A": (
                "Adam divides by the size of recent gradients, so both tiny and huge ones lead to steps of about the "
                "same size."
            ),
            "B": (
                "Normalisation keeps activations at the same size in every layer, so products of slopes neither "
                "shrink nor grow."
            ),
            "D": (
                "A residual connection hands the gradient on unchanged beside the layer, whatever the layer does to "
                "it."
            ),
        },
    ),
    "7c": RightChoice(
        "D",
        "Every output of a layer is 0, so the next layer's weights see inputs of 0; and what comes back is "
        "multiplied by weights of 0. "
        "Every weight's gradient is 0, and stays so.",
        {
            "A": "Every weight's gradient is a product with a 0 in it: of an activation, or of a weight further on.",
            "B": "The gradients are not small but exactly 0, so there is no progress, however long one waits.",
            "C": "That happens to equal weights that are not 0. With zeros not even the common value moves.",
        },
    ),
    "7d": RightChoice(
        "B",
        "With biases of a million every ReLU gets a positive input, whatever the data is, and passes it on "
        "unchanged. A stack of "
        "linear maps is one linear map.",
        {
            "A": "A ReLU dies when its input is always negative; here it is always positive.",
            "C": "The biases decide which ReLUs are on, and here all of them always are.",
            "D": "Every ReLU is on, with slope 1: the gradients pass. What is missing is the bend.",
        },
    ),
    "8c": RightChoice(
        "C",
        "In eval mode the layer uses its running statistics, mean 0 and variance 1, and never updates them: (x - 0)"
        " / 1 = x.",
        {
            "A": "The batch's own mean and variance are used in training mode only.",
            "B": "Subtracting 0 and dividing by 1 does not give 0.",
            "D": "Running statistics are updated in training mode only.",
        },
    ),
    "9a": RightChoice(
        "C",
        "When the network is used, nothing is dropped, and the division by 1 - p in training already keeps the "
        "mean: eval mode returns x.",
        {
            "A": "A unit is kept with probability 1 - p, and rand > p is true with just that probability.",
            "B": "The division is right: it makes good for the dropped units, so that the mean stays the same.",
            "D": (
                "(1 - p) x belongs to the other convention, in which training does not divide; here it would shrink "
                "everything twice."
            ),
        },
    ),
    "9b": RightChoice(
        "D",
        "After the last layer nothing can make good for a lost score: a class whose score is set to 0 is simply "
        "misjudged.",
        {
            "A": "Between hidden layers others can take over for a dropped unit; that is the idea.",
            "B": "After the activation of a hidden layer is the usual place.",
            "C": "Dropping some of the input works like noise in the data; that is done, with a small p.",
        },
    ),
    "9c": RightChoice(
        "C",
        "Units cannot rely on particular others, and many thinned networks share one set of weights: it generalises"
        " better.",
        {
            "A": "Training takes longer with dropout, because every step sees a noisy network.",
            "B": "The masks need memory of their own, and no weight becomes smaller in number.",
            "D": "Dropped units hand back no gradient at all; dropout does nothing for vanishing gradients.",
        },
    ),
    "11e": RightChoice(
        "D",
        "One network, one pass, all boxes: at its release YOLO was simple and fast enough for video. Others were "
        "more accurate.",
        {
            "A": "It predicts boxes and classes; it does not segment.",
            "B": "Each grid cell predicts few boxes, so small objects in tight groups are its weak side.",
            "C": (
                "Telling very similar objects apart was not its strength: its accuracy was below that of slower "
                "detectors."
            ),
        },
    ),
    "11f": RightChoice(
        "A",
        "Strictly, a convolution is equivariant: shift the image, and its output shifts. Pooling and averaging turn"
        " some of that "
        "into invariance. Nothing like it holds for rotations or sizes.",
        {
            "B": "A kernel is not turned: a rotated edge meets another kernel's pattern, or none.",
            "C": "A kernel has one size and one direction; rotated or scaled patterns must be learned anew.",
            "D": "The same kernel visits every place, so a shifted pattern is found just as well.",
        },
    ),
    "12a": RightChoice(
        "B",
        "gradient(out_grad, node) is handed what arrives from above, d loss / d out, and multiplies it by its own d"
        " out / d in.",
        {
            "A": "d loss / d in is what gradient returns, not what it is given.",
            "C": "d out / d in is the operation's own part; gradient multiplies it in.",
            "D": "d in / d out is the wrong way round: nobody needs how the input depends on the output.",
        },
    ),
    "12b": RightChoice(
        "D",
        "The numbers are right, so training works. But arrays leave no trace in the graph, so the gradient itself "
        "cannot be "
        "differentiated.",
        {
            "A": "The numbers that come out are the right ones, and for one backward pass only they matter.",
            "B": "To differentiate twice the first gradient must be in the graph, and arrays are not.",
            "C": "The second derivative needs a graph of the first; raw arrays build none.",
        },
    ),
    "12c": RightChoice(
        "D",
        "One gradient for each input, each with that input's shape: out_grad times B transposed, and A transposed "
        "times out_grad.",
        {
            "A": "The product is what compute returns.",
            "B": "These would be arrays with four axes; they are never built, only multiplied with what arrives.",
            "C": "d loss / d out is what gradient is given.",
        },
    ),
}  # fmt: skip
