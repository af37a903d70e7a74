package io.github.hybridinference.deepseek;

import java.time.Duration;

/** hybrid-openai, by the same contract. */
class OpenAiContractTest extends AdapterContract {
    OpenAiContractTest() {
        super(Adapter.OPENAI_JAVA);
    }

    /** Its client does not abort a call that was cancelled, and closes the connection at the deadline. */
    @Override
    protected Duration patienceOfTheCancelled() {
        return Duration.ofSeconds(1);
    }
}
