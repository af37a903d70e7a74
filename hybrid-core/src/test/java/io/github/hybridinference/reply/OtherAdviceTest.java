package io.github.hybridinference.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.remote.ReplyProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sentence that advises another trade than the verdict beside it. */
class OtherAdviceTest {
    @ParameterizedTest
    @CsvSource({
        "BUY,  I recommend SELL.,                            true",
        "BUY,  'Signals conflict, so HOLD.',                 true",
        "SELL, **BUY**,                                      true",
        "SELL, '建议买入，多头占优。',                          true",
        "BUY,  推荐卖出,                                       true",
        "BUY,  'BUY, since those who SELL are late.',        false",
        "BUY,  Buyers defend the level.,                     false",
        "BUY,  sellers hold back,                            false",
        "BUY,  SELLING pressure fades and BUYBACKS go on.,   false",
        "BUY,  RESELL_RATIO is low.,                         false",
        "SELL, 不建议买入,                                     false",
        "SELL, 买入力量减弱,                                    false",
        "HOLD, 'Neither a BUY nor a SELL.',                  false",
        "HOLD, No clear BUY.,                                false",
        "BUY,  '',                                           false"
    })
    void onlyTheWordsOfTheWireFormatSayIt(Action verdict, String sentence, boolean contradicts) {
        assertThat(OtherAdvice.isIn(sentence, verdict)).isEqualTo(contradicts);
    }

    @Test
    void aReplyThatContradictsItselfIsNone() {
        String reply = ReplyCorpus.object(Map.of("action", "\"BUY\"", "reasoning", "\"I recommend SELL.\""));
        assertThat(ReplyVerifier.standard().verify(ReplyCorpus.reply(reply), ReplyCorpus.SENT))
                .isEqualTo(new ReplyVerifier.Rejected(ReplyProblem.CONTRADICTED));
    }
}
