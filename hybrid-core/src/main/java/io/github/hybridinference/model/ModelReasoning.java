package io.github.hybridinference.model;

import java.util.List;

/** Writes the reasoning of a model's answer from its action and its verified evidence; no word of it is the model's. */
final class ModelReasoning {
    private ModelReasoning() {}

    static String of(Action action, List<Evidence> evidence, Language language) {
        return language == Language.CHINESE ? chinese(action, evidence) : english(action, evidence);
    }

    private static String english(Action action, List<Evidence> evidence) {
        StringBuilder text = new StringBuilder(80).append("The model advises ").append(action);
        if (evidence.isEmpty()) {
            return text.append(" without evidence.").toString();
        }
        text.append(" on ");
        appendAll(evidence, " and ", text);
        return text.append('.').toString();
    }

    private static String chinese(Action action, List<Evidence> evidence) {
        String word = switch (action) {
            case BUY -> "买入";
            case SELL -> "卖出";
            case HOLD -> "持有";
        };
        StringBuilder text = new StringBuilder(80).append("模型建议").append(word);
        if (evidence.isEmpty()) {
            return text.append("，未给出依据。").toString();
        }
        text.append("，依据：");
        appendAll(evidence, "，", text);
        return text.append('。').toString();
    }

    private static void appendAll(List<Evidence> evidence, String separator, StringBuilder text) {
        for (int i = 0; i < evidence.size(); i++) {
            text.append(i == 0 ? "" : separator)
                    .append(evidence.get(i).name())
                    .append(" = ")
                    .append(evidence.get(i).valueText());
        }
    }
}
