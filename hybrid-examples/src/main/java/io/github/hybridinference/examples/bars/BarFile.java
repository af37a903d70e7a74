package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import java.util.List;

/**
 * The content of a file of bars: the bars, and what is to be known of the other rows.
 *
 * @param bars the accepted bars, each later than the one before
 * @param shape how the file was understood, such as "semicolon, decimal comma, UTC+1"
 * @param rows how many rows of data were read, those of other instruments left out
 * @param rejected rows that are not bars and were left out
 * @param repeated how many rows were the same bar again and were left out
 * @param suspect bars with a price that is hardly true. They are kept, because a real crash can look the same and because
 *     leaving a bar out for what follows it would be hindsight
 * @param order the order of the rows
 * @param notes what else is worth telling, in sentences
 */
public record BarFile(
        List<Bar> bars,
        String shape,
        long rows,
        RowFindings rejected,
        long repeated,
        List<SuspectBar> suspect,
        Order order,
        List<String> notes) {

    /** The order of the rows of a file. */
    public enum Order {
        /** Each later than the one before. */
        OLDEST_FIRST("oldest first"),
        /** Each earlier than the one before; the bars were turned round. */
        NEWEST_FIRST("newest first"),
        /** Neither; the bars were sorted. */
        MIXED("out of order, sorted");

        private final String words;

        Order(String words) {
            this.words = words;
        }

        /**
         * Returns it in words.
         *
         * @return some words without a full stop
         */
        public String words() {
            return words;
        }
    }
}
