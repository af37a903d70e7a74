package io.github.hybridinference.eval;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.List;

/**
 * A logistic regression with an L2 penalty, by LIBLINEAR (Fan et al. 2008). A row of weight 50 stands in the data 50 times,
 * since the library knows no weights of rows.
 */
final class LogisticFit {
    /** The penalty counts as much as a tenth of a row. */
    private static final double COST_OF_A_ROW = 0.1;

    private static final double TOLERANCE = 1e-4;

    private final double[] weights;

    private LogisticFit(double[] weights) {
        this.weights = weights;
    }

    /**
     * Fits.
     *
     * @param rows standardised, without NaN
     * @param isTrue what is to be told, as many
     * @param copies how often each row counts, positive
     */
    static LogisticFit of(List<double[]> rows, List<Boolean> isTrue, List<Integer> copies) {
        List<Feature[]> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Feature[] row = row(rows.get(i));
            for (int copy = 0; copy < copies.get(i); copy++) {
                x.add(row);
                y.add(isTrue.get(i) ? 1.0 : -1.0);
            }
        }
        Problem problem = new Problem();
        problem.l = x.size();
        problem.n = rows.get(0).length + 1;
        problem.bias = 1;
        problem.x = x.toArray(Feature[][]::new);
        problem.y = y.stream().mapToDouble(Double::doubleValue).toArray();
        Linear.disableDebugOutput(); // it would write to System.out
        Model model = Linear.train(problem, new Parameter(SolverType.L2R_LR, COST_OF_A_ROW, TOLERANCE));
        double sign = model.getLabels()[0] > 0 ? 1 : -1;
        double[] weights = model.getFeatureWeights();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= sign;
        }
        return new LogisticFit(weights);
    }

    private static Feature[] row(double[] values) {
        Feature[] row = new Feature[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            row[i] = new FeatureNode(i + 1, values[i]);
        }
        row[values.length] = new FeatureNode(values.length + 1, 1); // the intercept
        return row;
    }

    double intercept() {
        return weights[weights.length - 1];
    }

    double weight(int input) {
        return weights[input];
    }
}
