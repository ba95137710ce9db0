package dev.weft.job.imports;

/** Text of a transform's template while it is put together. */
final class TemplateText {

    private final StringBuilder text = new StringBuilder();

    /** Returns words in which nothing is a variable. */
    static String escaped(String words) {
        return words.replace("${", "$${");
    }

    void words(String words) {
        text.append(escaped(words));
    }

    /** Puts a variable; dollar signs directly before it would be an escape, so they are put as an expression. */
    void variable(String variable) {
        int words = text.length();
        while (words > 0 && text.charAt(words - 1) == '$') {
            words--;
        }
        if (words < text.length()) {
            String dollars = text.substring(words);
            text.setLength(words);
            text.append("${= '").append(dollars).append("'}");
        }
        text.append(variable);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
