package io.github.hybridinference.eval;

import io.github.hybridinference.model.MarketSnapshot;
import java.util.List;

/** Questions with a few plain indicators, each computed anew from the past bars. */
final class PlainSnapshots implements SnapshotSource {
    private static final int PERIOD = 14;
    private static final int BANDS = 20;

    @Override
    public MarketSnapshot at(List<Bar> past) {
        int last = past.size() - 1;
        Bar bar = past.get(last);
        MarketSnapshot.Builder question = MarketSnapshot.builder("TEST", Walks.HOURLY)
                .time(bar.start().plus(Walks.HOURLY.duration()))
                .historyBars(past.size())
                .price(bar.close());
        if (last >= BANDS) {
            double before = past.get(last - 1).close();
            question.rsi(rsi(past)).volatilityPct(range(past)).feature("price_change_pct", change(before, bar.close()));
            bands(past, question);
        }
        return question.build();
    }

    private static double change(double before, double now) {
        return (now / before - 1) * 100;
    }

    private static double rsi(List<Bar> past) {
        double up = 0;
        double down = 1e-12;
        for (int i = past.size() - PERIOD; i < past.size(); i++) {
            double move = past.get(i).close() - past.get(i - 1).close();
            up += Math.max(0, move);
            down += Math.max(0, -move);
        }
        return 100 * up / (up + down);
    }

    private static double range(List<Bar> past) {
        double sum = 0;
        for (Bar bar : past.subList(past.size() - PERIOD, past.size())) {
            sum += (bar.high() - bar.low()) / bar.close();
        }
        return 100 * sum / PERIOD;
    }

    private static void bands(List<Bar> past, MarketSnapshot.Builder question) {
        double sum = 0;
        double squares = 0;
        for (Bar bar : past.subList(past.size() - BANDS, past.size())) {
            sum += bar.close();
            squares += bar.close() * bar.close();
        }
        double mean = sum / BANDS;
        double width = 2 * Math.sqrt(Math.max(0, squares / BANDS - mean * mean));
        question.bollinger(mean - width, mean, mean + width);
    }
}
