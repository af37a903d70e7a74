package io.github.hybridinference.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Names that have no business in a market snapshot. Meeting one raises a counter of its own: an alarm about the caller.
 * The filter is the catalogue, which lets none of these through in any case.
 *
 * <p>A name is sensitive if it consists of known words only and one of them tells whose data it is ({@code
 * user_account_id}, {@code unrealizedPnlUsd}), or if it is one of the words that are so by themselves ({@code leverage}).
 * One unknown word makes it something else: {@code on_balance_volume}, {@code active_addresses}, {@code order_flow}.
 * Letters alone are read, so that no spelling makes a difference.
 */
final class SensitiveNames {
    /** Words that make a name sensitive. */
    private static final String TELLING = """
            my our your user username customer client trader owner account subaccount acct wallet
            balance balances equity networth buyingpower purchasingpower position positions longposition shortposition
            openposition openpositions holding holdings portfolio pnl profitloss profitandloss costbasis
            totalprofit dailyprofit monthlyprofit totalloss dailyloss freemargin usedmargin availablemargin
            initialmargin maintenancemargin marginlevel marginratio marginbalance netexposure deposit deposits
            withdrawal withdrawals entryprice averageentryprice avgentryprice breakevenprice liquidationprice stopprice
            orderid ordersize ordervalue ordertype clientorderid tradeid fillid strategyid strategyname broker brokerage
            apikey apisecret apitoken apipassphrase secret privatekey privkey publickey pubkey signingkey encryptionkey
            masterkey hmackey sshkey accesskey sessionkey clientsecret mnemonic seedphrase recoveryphrase passphrase
            keystore password passwd pwd passcode credential credentials accesstoken refreshtoken authtoken idtoken
            sessiontoken bearertoken bearer authorization oauth jwt cookie sessionid otp totp pincode
            cvv cvc iban cardnumber creditcard debitcard bankaccount routingnumber sortcode
            email emailaddress phone phonenumber mobile mobilenumber firstname lastname fullname surname nickname
            dateofbirth birthdate birthday dob ssn socialsecuritynumber taxid passport driverlicense nationalid idcard
            ipaddress macaddress deviceid imei zipcode postalcode postcode homeaddress
            """;

    /** Words that are sensitive only as the whole name, or beside a telling one. */
    private static final String ALONE = """
            name mail address street city zip ip device pin signature nonce seed key token hash bic swift card
            leverage margin cash profit loss roi exposure strategy size quantity qty amount order orders entry fills
            """;

    /** Words that mean nothing by themselves. */
    private static final String NEUTRAL = """
            id ids no number num value val side type code data info list history status level
            total current available avail free used locked frozen initial starting opening closing daily weekly monthly
            yearly today realized realised unrealized unrealised net gross max min avg average last first open
            usd usdt usdc eur gbp cny jpy btc eth sol pct percent in of and the price shared hex
            """;

    private static final int MAX_LETTERS = 64;

    /** What a name has been read as so far: only a bit each, so that all readings of it are followed at once. */
    private static final int NOTHING_TELLING = 1;

    private static final int TELLING_SEEN = 2;

    private record Word(String letters, boolean telling) {}

    private static final List<List<Word>> BY_FIRST_LETTER = words();
    private static final List<String> WHOLE = List.of(ALONE.split("\\s+"));

    private SensitiveNames() {}

    static boolean contains(String name) {
        String letters = Letters.of(name, MAX_LETTERS);
        return !letters.isEmpty()
                && letters.length() <= MAX_LETTERS
                && (WHOLE.contains(letters) || isMadeOfWords(letters));
    }

    private static boolean isMadeOfWords(String letters) {
        int[] read = new int[letters.length() + 1];
        read[0] = NOTHING_TELLING;
        for (int at = 0; at < letters.length(); at++) {
            if (read[at] == 0) {
                continue;
            }
            for (Word word : BY_FIRST_LETTER.get(letters.charAt(at) - 'a')) {
                if (letters.startsWith(word.letters, at)) {
                    read[at + word.letters.length()] |= word.telling ? TELLING_SEEN : read[at];
                }
            }
        }
        return (read[letters.length()] & TELLING_SEEN) != 0;
    }

    private static List<List<Word>> words() {
        List<List<Word>> byLetter = new ArrayList<>();
        for (char c = 'a'; c <= 'z'; c++) {
            byLetter.add(new ArrayList<>());
        }
        enter(byLetter, TELLING, true);
        enter(byLetter, ALONE, false);
        enter(byLetter, NEUTRAL, false);
        return byLetter;
    }

    private static void enter(List<List<Word>> byLetter, String words, boolean telling) {
        for (String word : words.split("\\s+")) {
            byLetter.get(word.charAt(0) - 'a').add(new Word(word, telling));
        }
    }
}
