package dev.weft.job.imports;

/** Text of a transform's template while it is put together. */
final class TemplateText {

    private final StringBuilder text = new StringBuilder();
    private boolean dollarBeforeVariable;

    /** Returns words in which nothing is a variable. */
    static String escaped(String words) {
        return words.replace("${", "$${");
    }

    void words(String words) {
        text.append(escaped(words));
    }

    void variable(String variable) {
        dollarBeforeVariable |= text.length() > 0 && text.charAt(text.length() - 1) == '$';
        text.append(variable);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** Returns whether a dollar sign stands directly before a variable, which Weft takes for an escape. */
    boolean hasDollarBeforeVariable() {
        return dollarBeforeVariable;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
