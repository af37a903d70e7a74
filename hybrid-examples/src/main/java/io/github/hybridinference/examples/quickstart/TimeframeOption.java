package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.model.Timeframe;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of {@code --timeframe}. */
final class TimeframeOption implements ITypeConverter<Timeframe> {

    @Override
    public Timeframe convert(String text) {
        return Series.timeframes().stream()
                .filter(timeframe -> timeframe.code().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("it is one of " + Series.timeframeCodes()));
    }
}
