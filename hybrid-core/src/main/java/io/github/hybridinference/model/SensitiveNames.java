package io.github.hybridinference.model;

import java.util.HashSet;
import java.util.Set;

/**
 * Names that have no business in a market snapshot. Meeting one raises a counter of its own: an alarm about the caller.
 * The filter is the catalogue, which lets none of these through in any case.
 */
final class SensitiveNames {
    private static final String WORDS = """
            account account_id account_name account_number account_balance account_equity account_type
            user user_id user_name user_email username customer customer_id client client_id owner trader trader_id
            name first_name last_name full_name email e_mail mail phone phone_number mobile address street city zip
            ip ip_address device device_id session_id cookie passport passport_number ssn tax_id birthday date_of_birth
            wallet wallet_id wallet_address wallet_balance public_key private_key secret secret_key mnemonic seed
            seed_phrase keystore signature nonce api_key api_secret apikey key token access_token refresh_token
            auth_token bearer authorization password passwd passphrase pin otp credential credentials
            balance available_balance free_balance total_balance equity net_worth buying_power margin free_margin
            used_margin leverage cash deposit deposits withdrawal withdrawals
            position positions position_id position_size position_value position_side size quantity qty amount
            order order_id order_size order_value order_type client_order_id orders trade_id fills entry entry_price
            average_entry_price liquidation_price stop_price
            pnl profit loss profit_loss profit_and_loss realized_pnl unrealized_pnl daily_pnl total_pnl roi
            portfolio portfolio_id portfolio_value holdings net_exposure exposure strategy strategy_id strategy_name
            broker broker_id exchange_account iban bic swift card card_number credit_card cvv bank_account
            """;

    private static final Set<String> KEYS = keys();

    private SensitiveNames() {}

    static boolean contains(FoldedName name) {
        return KEYS.contains(name.letters());
    }

    private static Set<String> keys() {
        Set<String> keys = new HashSet<>();
        for (String word : WORDS.split("\\s+")) {
            String letters = word.replace("_", "");
            keys.add(letters);
            keys.add(letters + "#");
        }
        return keys;
    }
}
