package dev.weft.scale;

import dev.weft.scale.Decision.Verdict;

/** One rule's answer: what to do, and the sentence that says why. */
record Choice(Verdict verdict, Size size, String because) {}
