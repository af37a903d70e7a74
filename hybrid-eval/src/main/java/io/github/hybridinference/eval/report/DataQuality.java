package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What is to be known of the file that the bars came from. Immutable and thread-safe.
 *
 * @param shape how the file was understood, such as "semicolon, decimal comma"
 * @param rowsRead how many rows of data it has
 * @param rejectedRows how many of them are no bars and were left out
 * @param rejectedReasons why, each with its count and first line
 * @param repeatedRows how many were the same bar again and were left out
 * @param suspectBars bars with a price that is hardly true, each with its time; they were kept
 * @param order the order of the rows, such as "oldest first"
 * @param gaps how many distances between bars are longer than is usual in the series
 * @since 0.1.0
 */
public record DataQuality(
        String shape,
        long rowsRead,
        long rejectedRows,
        List<String> rejectedReasons,
        long repeatedRows,
        List<String> suspectBars,
        String order,
        int gaps) {
    private static final int MOST_TOLD = 50;

    /**
     * Copies the lists.
     *
     * @param shape how the file was understood
     * @param rowsRead how many rows of data it has
     * @param rejectedRows how many of them are no bars
     * @param rejectedReasons why
     * @param repeatedRows how many were the same bar again
     * @param suspectBars bars with a price that is hardly true
     * @param order the order of the rows
     * @param gaps how many distances are longer than usual
     */
    public DataQuality {
        rejectedReasons = List.copyOf(rejectedReasons);
        suspectBars = List.copyOf(suspectBars);
    }

    void addCountsTo(ObjectNode line) {
        line.put("rows_read", rowsRead);
        line.put("rejected_rows", rejectedRows);
        line.put("repeated_rows", repeatedRows);
        line.put("suspect_bars", suspectBars.size());
        line.put("order", order);
        line.put("gaps", gaps);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("shape", shape);
        addCountsTo(json);
        ArrayNode reasons = json.putArray("rejected_reasons");
        rejectedReasons.forEach(reasons::add);
        ArrayNode suspects = json.putArray("suspects");
        suspectBars.stream().limit(MOST_TOLD).forEach(suspects::add);
        return json;
    }
}
