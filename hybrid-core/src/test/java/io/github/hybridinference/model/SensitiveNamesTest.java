package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SensitiveNamesTest {
    private static final String SENSITIVE = """
            account, account_id, accountId, ACCOUNT-NUMBER, account.balance, acct no, user_id, userName,
            user/name, client_id, trader_id, wallet_address, walletBalanceUsd, balance, total_balance,
            available_balance_usdt, free_balance_btc, equity, account_equity_pct, net_worth, buying_power,
            position, position_size, positionSizeUsd, current_position_value, open_positions, my_leverage,
            leverage, margin, free_margin, margin_level, pnl, unrealized_pnl, UnrealisedPnLPct, daily_pnl_usd,
            profit_and_loss, realized_pnl_pct, entry_price, average_entry_price, liquidation_price, api_key,
            APIKEY, api-secret, apiPassphrase, secret, client_secret, secret_key, private_key, privateKeyHex,
            public_key, mnemonic, seed_phrase, seed, password, passwd, access_token, auth token, bearer,
            Authorization, jwt, session_id, cookie, otp, pin, card_number, cvv, iban, bank_account, email,
            e_mail, mail, phone_number, first_name, full name, date_of_birth, ssn, passport, ip_address, ip,
            device_id, order_id, client_order_id, order_size, trade_id, strategy_name, portfolio_value,
            our_exposure, name, account_2, user_id_42, 账户account, quantity, qty
            """;

    private static final String NEAR_MISSES = """
            on_balance_volume, active_addresses, balance_of_power, order_flow, order_book_depth, order_count,
            token_velocity, key_level_dist, position_in_range, close_position, top_trader_ratio,
            long_short_accounts, total_accounts_change, new_addresses, address_count, exchange_balance,
            whale_balance_zscore, cash_flow_yield, return_on_equity, equity_risk_premium, profit_margin,
            gross_margin, net_margin, margin_debt_change, leverage_ratio, estimated_leverage_ratio,
            open_interest, liquidation_volume, stop_run_count, hash_ribbon, seed_vault_alpha, name_score,
            city_temperature, user_growth_pct, strategy_crowding, my_alpha, my_signal, our_score, alpha,
            custom_1, _, 123, 市场情绪
            """;

    @Test
    void knowsNamesThatTellWhoseDataItIs() {
        for (String name : SENSITIVE.split(",\\s+")) {
            assertThat(SensitiveNames.contains(name.strip())).as(name).isTrue();
        }
    }

    @Test
    void leavesNearMissesAlone() {
        for (String name : NEAR_MISSES.split(",\\s+")) {
            assertThat(SensitiveNames.contains(name.strip())).as(name).isFalse();
        }
    }

    @Test
    void findsNoSensitiveNameInTheCatalogue() {
        assertThat(CatalogueTest.members().filter(SensitiveNames::contains)).isEmpty();
        FeatureAliases.ROWS
                .lines()
                .flatMap(row -> Arrays.stream(row.split(" \\| ")[1].split(" ")))
                .forEach(alias ->
                        assertThat(SensitiveNames.contains(alias)).as(alias).isFalse());
    }

    @Test
    void readsSixtyFourLettersAndNoMore() {
        assertThat(SensitiveNames.contains("id".repeat(28) + "accounts"))
                .as("an unknown word")
                .isFalse();
        assertThat(SensitiveNames.contains("d" + "id".repeat(28) + "account")).isFalse();
        assertThat(SensitiveNames.contains("id".repeat(28) + "_account_1"))
                .as("63 letters")
                .isTrue();
        assertThat(SensitiveNames.contains("id".repeat(28) + "pct" + "account"))
                .as("66 letters")
                .isFalse();
    }
}
