package io.github.hybridinference.ta4j;

import java.util.Arrays;
import java.util.List;

/**
 * The indicators as their inventors wrote them down, plainly and slowly: smoothed values start from a mean of the first
 * period. An oracle for the test, itself held against published figures. NaN where nothing is known yet.
 */
final class Textbook {

    final double[] rsi;
    final double[] macd;
    final double[] signal;
    final double[] atr;

    Textbook(List<Prices> bars) {
        int n = bars.size();
        double[] close = bars.stream().mapToDouble(Prices::close).toArray();
        double[] gain = filled(n);
        double[] loss = filled(n);
        double[] range = filled(n);
        for (int i = 1; i < n; i++) {
            gain[i] = Math.max(0, close[i] - close[i - 1]);
            loss[i] = Math.max(0, close[i - 1] - close[i]);
            range[i] = Math.max(bars.get(i).high(), close[i - 1])
                    - Math.min(bars.get(i).low(), close[i - 1]);
        }
        double[] gains = smoothed(gain, 1, 14, 1.0 / 14);
        double[] losses = smoothed(loss, 1, 14, 1.0 / 14);
        double[] fast = smoothed(close, 0, 12, 2.0 / 13);
        double[] slow = smoothed(close, 0, 26, 2.0 / 27);
        rsi = filled(n);
        macd = filled(n);
        for (int i = 0; i < n; i++) {
            rsi[i] = 100 - 100 / (1 + gains[i] / losses[i]);
            macd[i] = fast[i] - slow[i];
        }
        signal = smoothed(macd, 25, 9, 2.0 / 10);
        atr = smoothed(range, 1, 14, 1.0 / 14);
    }

    /** The mean of the first period of values that there are, then steps of the given share towards each new value. */
    private static double[] smoothed(double[] values, int first, int period, double share) {
        double[] result = filled(values.length);
        int seed = first + period - 1;
        if (seed < values.length) {
            result[seed] = Arrays.stream(values, first, seed + 1).sum() / period;
        }
        for (int i = seed + 1; i < values.length; i++) {
            result[i] = result[i - 1] + share * (values[i] - result[i - 1]);
        }
        return result;
    }

    private static double[] filled(int n) {
        double[] result = new double[n];
        Arrays.fill(result, Double.NaN);
        return result;
    }
}
