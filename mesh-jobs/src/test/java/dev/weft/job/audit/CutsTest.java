package dev.weft.job.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CutsTest {

    private final Cuts cuts = new Cuts();

    @Test
    void whatIsShownIsOfTheLastCompleteCheckpoint() {
        assertThat(cuts.shown()).isNull();

        cuts.freeze(1, Page.EMPTY);
        assertThat(cuts.shown()).isNull();

        cuts.completed(1);
        cuts.freeze(2, Page.EMPTY);
        assertThat(cuts.shown()).isEqualTo(new Cut(1, Page.EMPTY));
    }

    @Test
    void aCheckpointThatOvertakesAnotherIsShown() {
        cuts.freeze(1, Page.EMPTY);
        cuts.freeze(2, Page.EMPTY);
        cuts.completed(2);
        cuts.completed(1);

        assertThat(cuts.shown()).isEqualTo(new Cut(2, Page.EMPTY));
    }

    @Test
    void anAbortedCheckpointIsNeverShown() {
        cuts.freeze(1, Page.EMPTY);
        cuts.aborted(1);
        cuts.completed(1);

        assertThat(cuts.shown()).isNull();
    }
}
