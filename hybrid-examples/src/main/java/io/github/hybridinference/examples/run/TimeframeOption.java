package io.github.hybridinference.examples.run;

import io.github.hybridinference.model.Timeframe;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of {@code --timeframe}. */
public final class TimeframeOption implements ITypeConverter<Timeframe> {

    @Override
    public Timeframe convert(String text) {
        return Arrays.stream(Timeframe.values())
                .filter(timeframe -> timeframe.code().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("it is one of " + Series.timeframeCodes()));
    }
}
