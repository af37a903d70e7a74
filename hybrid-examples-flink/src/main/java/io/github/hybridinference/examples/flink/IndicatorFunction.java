package io.github.hybridinference.examples.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Keeps the indicators of each symbol up to date. A symbol that is new gets a history first, as it would from a store of bars. */
final class IndicatorFunction extends RichMapFunction<Bar, Indicators> {
    private static final long serialVersionUID = 1L;
    private static final int HISTORY = 120;

    @SuppressWarnings("NullAway.Init") // set by open
    private transient ValueState<Indicators> last;

    @Override
    public void open(OpenContext context) {
        last = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("indicators", TypeInformation.of(Indicators.class)));
    }

    @Override
    public Indicators map(Bar bar) throws Exception {
        Indicators before = last.value();
        Indicators now = (before == null ? history(bar) : before).next(bar);
        last.update(now);
        return now;
    }

    private static Indicators history(Bar first) {
        int symbol = Integer.parseInt(first.symbol().substring(1));
        long firstCloseMs = first.timeMs() - first.number() * Bar.HOUR_MS;
        Indicators indicators = Indicators.first(Bar.of(symbol, first.number() - HISTORY, firstCloseMs));
        for (int number = first.number() - HISTORY + 1; number < first.number(); number++) {
            indicators = indicators.next(Bar.of(symbol, number, firstCloseMs));
        }
        return indicators;
    }
}
