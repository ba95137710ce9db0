package dev.weft.filter;

import java.util.Arrays;

/** Numbers of rules or routes, in a list that is emptied and filled again for each event without new memory. */
public final class Numbers {

    private int[] numbers = new int[16];
    private int count;

    /** Returns how many there are. */
    public int count() {
        return count;
    }

    /** Returns the i-th, from 0. */
    public int get(int i) {
        if (i >= count) {
            throw new IndexOutOfBoundsException(i + " of " + count);
        }
        return numbers[i];
    }

    /** Appends one. */
    public void add(int number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
        }
        numbers[count++] = number;
    }

    /** Puts them in ascending order. */
    public void sort() {
        Arrays.sort(numbers, 0, count);
    }

    /** Forgets all. */
    public void clear() {
        count = 0;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(numbers, count));
    }
}
