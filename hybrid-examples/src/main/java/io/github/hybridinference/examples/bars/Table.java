package io.github.hybridinference.examples.bars;

import java.io.IOException;

/** A file as a table of rows, which can be gone through several times. */
interface Table {
    /** Takes the rows in the order of the file. */
    interface Visitor {
        /**
         * Takes one row.
         *
         * @return whether to go on
         */
        boolean row(Row row) throws RowFault;
    }

    /** Goes through all rows that are not blank. */
    void visit(Visitor visitor) throws IOException, RowFault;

    /** How it is written, in the words of a person, such as "semicolon". */
    String words();

    /** What separates its cells; a comma within a cell of a file that is separated by commas must be quoted. */
    char separator();
}
