package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.Dialect;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/** All dialects that the library brings: none can be forgotten. */
final class Presets {
    static final List<Dialect> ALL = Arrays.stream(Dialect.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Dialect.class)
            .map(Presets::valueOf)
            .toList();

    private Presets() {}

    private static Dialect valueOf(Field field) {
        try {
            return (Dialect) field.get(null);
        } catch (IllegalAccessException notPublic) {
            throw new AssertionError(notPublic);
        }
    }
}
