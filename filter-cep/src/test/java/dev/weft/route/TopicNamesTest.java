package dev.weft.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.route.TopicNames.OneTopic;
import dev.weft.route.TopicNames.TopicPattern;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TopicNamesTest {

    @Test
    void aPatternCoversWholeNamesOnly() {
        TopicNames names = new TopicPattern(Pattern.compile("a\\.b"));
        assertThat(names.covers("a.b")).isTrue();
        assertThat(names.covers("a.b.c")).isFalse();
        assertThat(names.covers("axb")).isFalse();
    }

    @Test
    void oneTopicIsNotAPattern() {
        assertThat(new OneTopic("a.b").covers("a.b")).isTrue();
        assertThat(new OneTopic("a.b").covers("axb")).isFalse();
    }

    @Test
    void patternsAreEqualByTheirExpression() {
        TopicNames names = new TopicPattern(Pattern.compile("a.*"));
        assertThat(names).isEqualTo(new TopicPattern(Pattern.compile("a.*")));
        assertThat(names).hasSameHashCodeAs(new TopicPattern(Pattern.compile("a.*")));
        assertThat(names).isNotEqualTo(new TopicPattern(Pattern.compile("a.*", Pattern.CASE_INSENSITIVE)));
    }
}
