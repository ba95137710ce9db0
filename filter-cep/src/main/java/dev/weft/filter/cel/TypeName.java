package dev.weft.filter.cel;

/** A type as a value: what {@code type(x)} returns and what {@code string} is without parentheses. */
record TypeName(String name) {}
