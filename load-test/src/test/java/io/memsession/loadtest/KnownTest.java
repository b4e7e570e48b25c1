package io.memsession.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownTest {
    private final Known<String> note = new Known<>("the note", "");

    @Test
    void seesWhatWasWrittenLast() {
        note.written("1");
        note.written("2");

        assertThat(note.see("2")).isEmpty();
    }

    @Test
    void findsAnOlderValue() {
        note.written("1");
        note.written("2");

        assertThat(note.see("1")).contains(new Wrong(Wrong.Kind.OLDER, "the note is 1, must be 2"));
    }

    @Test
    void findsAnOlderValueThatIsSeenAfterANewerOneThatNobodyAcknowledged() {
        note.written("1");
        note.mayBeWritten("2");
        note.see("2");

        assertThat(note.see("1")).map(Wrong::kind).contains(Wrong.Kind.OLDER);
    }

    @Test
    void findsALostWrite() {
        note.written("1");

        assertThat(note.see("")).contains(new Wrong(Wrong.Kind.WRITE_LOST, "the note is not there, must be 1"));
    }

    @Test
    void findsWhatThisUserNeverWrote() {
        note.written("1");

        assertThat(note.see("of somebody else")).map(Wrong::kind).contains(Wrong.Kind.FOREIGN);
    }

    @Test
    void takesEitherValueAfterAWriteWithoutAnAnswer() {
        note.written("1");
        note.mayBeWritten("2");

        assertThat(note.see("1")).isEmpty();
        assertThat(note.see("2")).isEmpty();
    }

    @Test
    void takesNoWriteWithoutAnAnswerAfterTheNextAcknowledgedOne() {
        note.written("1");
        note.mayBeWritten("2");
        note.written("3");

        assertThat(note.see("2")).isPresent();
    }

    @Test
    void tellsWhatIsWrongOnce() {
        note.written("1");
        note.written("2");

        assertThat(note.see("1")).isPresent();
        assertThat(note.see("1")).isEmpty();
    }

    @Test
    void remembersFormerValuesForLongEnoughToTellAnOlderOne() {
        IntStream.rangeClosed(1, 25).forEach(i -> note.written("v" + i));

        assertThat(note.see("v1")).map(Wrong::kind).contains(Wrong.Kind.OLDER);
    }
}
