package io.github.hybridinference.eval;

import io.github.hybridinference.model.AnonymizedSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The figures of many bars as a table of numbers, to compare a question with each of them. A million comparisons with rows
 * of a dozen numbers take some 10 ms, so no index is needed.
 */
final class FigureTable {
    /** A figure that differs by more says no more: one odd figure must not decide. */
    private static final double MOST_STEPS = 20;

    private final Map<Object, Integer> columns;
    private final double[][] values;
    private final double[][] steps;

    /** {@code columns} has the place of each feature; features that are new get the next ones. */
    FigureTable(List<AnonymizedSnapshot> bars, Map<Object, Integer> columns) {
        this.columns = columns;
        for (AnonymizedSnapshot bar : bars) {
            for (int i = 0; i < bar.size(); i++) {
                columns.putIfAbsent(bar.feature(i), columns.size());
            }
        }
        values = new double[bars.size()][];
        steps = new double[bars.size()][];
        for (int row = 0; row < values.length; row++) {
            values[row] = row(bars.get(row), false);
            steps[row] = row(bars.get(row), true);
        }
    }

    Map<Object, Integer> columns() {
        return columns;
    }

    /** How many bars can be behind the question, each figure of which was moved by so many steps at most, and rounded. */
    int within(AnonymizedSnapshot question, int mostSteps) {
        double[] asked = row(question, false);
        double[] step = row(question, true);
        int count = 0;
        for (int row = 0; row < values.length; row++) {
            count += isWithin(asked, step, row, mostSteps + 0.5) ? 1 : 0;
        }
        return count;
    }

    private boolean isWithin(double[] asked, double[] step, int row, double most) {
        for (int column = 0; column < asked.length; column++) {
            double known = valueAt(row, column);
            if (Double.isNaN(asked[column]) != Double.isNaN(known)
                    || Math.abs(asked[column] - known) > most * Math.max(step[column], steps[row][column])) {
                return false;
            }
        }
        return true;
    }

    /** The bar with the least sum of differences in steps; empty if there are several. */
    OptionalInt nearest(AnonymizedSnapshot question) {
        double[] asked = row(question, false);
        double[] step = row(question, true);
        int best = -1;
        boolean several = false;
        double least = Double.POSITIVE_INFINITY;
        for (int row = 0; row < values.length; row++) {
            double sum = 0;
            for (int column = 0; column < asked.length && sum <= least; column++) {
                double known = valueAt(row, column);
                if (Double.isNaN(asked[column]) != Double.isNaN(known)) {
                    sum += MOST_STEPS;
                } else if (!Double.isNaN(known)) {
                    sum += Math.min(MOST_STEPS, Math.abs(asked[column] - known) / step[column]);
                }
            }
            if (sum < least) {
                least = sum;
                best = row;
                several = false;
            } else if (sum == least) {
                several = true;
            }
        }
        return several || best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    private double valueAt(int row, int column) {
        return column < values[row].length ? values[row][column] : Double.NaN;
    }

    private double[] row(AnonymizedSnapshot bar, boolean ofSteps) {
        double[] row = new double[columns.size()];
        Arrays.fill(row, Double.NaN);
        for (int i = 0; i < bar.size(); i++) {
            Integer column = columns.get(bar.feature(i));
            if (column != null) {
                row[column] = ofSteps ? bar.step(i) : bar.value(i);
            }
        }
        return row;
    }
}
