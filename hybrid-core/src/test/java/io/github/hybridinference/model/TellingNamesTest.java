package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of custom features that can tell whose figure it is or of which instrument, and names that cannot. */
class TellingNamesTest {
    private static final String TELLING = """
            unrealized_profit realised_profit profit_pct open_profit_r total_profit_usd my_pnl pnl_pct daily_pnl upnl_ratio
            unrealizedpnl netprofit loss_streak losses_today roe_pct account_equity equity_curve_slope equitycurve cash_ratio
            free_cash_share capital_used margin_used margin_level leverage_now effective_leverage balance_change walletbalance
            buying_power_pct deposit_count withdrawals_week exposure_pct net_exposure notional_share collateral_ratio
            position_age position_size position_pct my_position pos_size net_pos holding_period holdings_count portfolio_beta
            portfolio_share inventory_skew stake_share allocation_pct lot_count order_age open_orders fills_today filled_share
            trades_today entry_distance bars_since_entry exit_plan stop_distance dist_to_stop sl_pct tp_pct cost_basis_gap
            breakeven_gap avg_price_gap uid uid_hash user_score userid customer_42 customer_segment client_tier trader_rank
            owner_code account_type acct_class sub_acc wallet_age fund_nav strategy_code bot_number broker_code
            tenant_no email_hash order_id session_id btcusdt_momentum ethusd_score eth_usd_trend solusdc_alpha btc_momentum
            pepeusdt_rank eurusd_bias eur_usd_carry gbpjpy_score aapl_alpha tsla_score spy_regime xauusd_trend btc_perp_basis
            custid acctno usr_tier clientref vault_value win_rate live_sharpe hedged_share mtm_today pct_of_nav usdtbalance
            mypnl fund_pnl email_domain days_in_trade long_qty realized_gain trailing_stop_dist btc_spot_gap linkusdt_rsi
            yingkui_bili chicang_liang zhanghu_yue
            """;

    private static final String HARMLESS = """
            my_alpha alpha alpha_07 momentum_score trend_strength breakout_score regime_prob on_balance_volume_slope
            active_addresses_z order_flow_delta order_book_slope orderbook_pressure book_pressure_x open_interest_z
            funding_basis range_position channel_position position_in_range price_position balance_of_power imbalance_z
            trade_count_z trade_intensity large_trades_share tick_size_ratio money_flow_z capital_flow_z fund_flow_z
            equity_risk_premium equity_put_call_z margin_debt_change profit_taking_index gap_fill_odds average_gain_ratio
            key_level_distance entry_signal exit_signal_prob btc_dominance_change new_addresses_z whale_wallets_change
            liquidity_score exit_liquidity_z weighted_momentum volume_weighting_z cost_of_carry interest_rate_gap hurst_x
            entropy_bits fractal_dim kalman_slope garch_sigma skew_x tail_index wavelet_energy pattern_match_score
            candle_body_share wick_ratio seasonality_score hour_effect weekday_effect news_surprise macro_surprise vix_term
            yield_slope credit_spread_z dollar_index_z risk_on_score breadth_pct advance_decline_z new_highs_share sector_rank
            relative_strength_x beta_x vol_of_vol iv_rank_x skew_rank gamma_flip_distance dealer_gamma_z hash_ribbon
            miner_flow stable_supply_z nvt_x sopr_x mvrv_x spread_z depth_ratio queue_ratio vpin_x kyle_lambda ofi_x
            """;

    @Test
    void refusesNamesThatTellAndTakesThoseThatDoNot() {
        List<String> taken = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        List<String> telling = List.of(TELLING.strip().split("\\s+"));
        List<String> harmless = List.of(HARMLESS.strip().split("\\s+"));
        for (String name : telling) {
            if (isTaken(name)) {
                taken.add(name);
            }
        }
        for (String name : harmless) {
            if (!isTaken(name)) {
                refused.add(name);
            }
        }
        System.out.println("custom features: " + (telling.size() - taken.size()) + " of " + telling.size()
                + " telling names refused, " + (harmless.size() - refused.size()) + " of " + harmless.size()
                + " harmless names taken");
        assertThat(taken).as("telling names taken").isEmpty();
        assertThat(refused.size()).as("harmless names refused: %s", refused).isLessThanOrEqualTo(harmless.size() / 10);
    }

    @Test
    void takesATellingNameForAReasonAndShowsTheReason() {
        Feature feature = Feature.customEvenThough(
                "btcusdt_momentum", -1, 1, 2, " We trade this pair only, and say so publicly ");
        assertThat(feature.name()).isEqualTo("btcusdt_momentum");
        assertThat(feature.family().description())
                .isEqualTo("Declared by the owner; named so even though it may tell:"
                        + " We trade this pair only, and say so publicly");
    }

    @Test
    void saysWhatToDoWithoutRepeatingTheName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feature.custom("btcusdt_42", 0, 1, 2))
                .withMessageContaining("choose another, or say in your own words why it may be sent")
                .withMessageNotContaining("btcusdt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "         ", "because", "a reason\nof two lines"})
    void refusesWhatIsNoReason(String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feature.customEvenThough("uid", 0, 1, 2, reason))
                .withMessage("the reason for a telling name is one line of 10 to 200 characters");
    }

    @Test
    void refusesASensitiveNameForAnyReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feature.customEvenThough("account_id", 0, 1, 2, "we would like to send it"))
                .withMessage("a custom feature must not have a sensitive name");
    }

    @Test
    void takesAReasonFromAFileOfFeatures() {
        String entry = """
                features:
                  - name: btcusdt_momentum
                    unit: score
                    range: [-1, 1]
                    step: 0.05
                    meaning: Strength of the breakout model
                """;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureFile.parse(entry))
                .withMessageStartingWith("features, line 2: the name of a custom feature is sent");
        List<Feature> features = FeatureFile.parse(entry + "    even_though: We trade this pair only\n");
        assertThat(features).hasSize(1);
        assertThat(features.get(0).family().description()).endsWith("may tell: We trade this pair only");
    }

    private static boolean isTaken(String name) {
        try {
            return Feature.custom(name, -1, 1, 2).isCustom();
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
