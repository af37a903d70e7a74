package io.github.hybridinference.examples.bars;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file.
 *
 * @param line where it stands, the first line being 1
 * @param cells its cells, stripped
 * @param fault why its cells could not be told apart, or null
 */
record Row(long line, List<String> cells, @Nullable String fault) {
    String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    /** The number of cells without the empty ones at the end, which some programs add. */
    int width() {
        int width = cells.size();
        while (width > 0 && cells.get(width - 1).isEmpty()) {
            width--;
        }
        return width;
    }
}
