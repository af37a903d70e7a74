package io.github.hybridinference.model;

/**
 * Other names under which callers hold the same figures, as they come from the common indicator libraries and exchanges.
 *
 * <p>A row is: plain name of the family | patterns as in {@link FeatureTable}. Only names that leave no doubt about the
 * unit stand here: {@code bb_width}, {@code volatility} or {@code funding_rate} do not, since half of their users mean a
 * ratio and half a percentage, and a figure a hundred times too small is worse than a missing one. Besides these,
 * {@code percent} is read as {@code pct} in every name.
 */
final class FeatureAliases {
    static final String ROWS = """
            price | close close_price last_price current_price
            macd | macd_line
            macd_signal | macd_signal_line
            macd_hist | macd_histogram
            macd_hist_pct | macd_histogram_pct
            macd_previous | macd_prev previous_macd prev_macd
            macd_signal_previous | macd_signal_prev previous_macd_signal prev_macd_signal
            bb_lower | bb_lower_band bollinger_lower bollinger_lower_band
            bb_middle | bb_mid bb_middle_band bollinger_middle bollinger_mid bollinger_middle_band
            bb_upper | bb_upper_band bollinger_upper bollinger_upper_band
            bb_percent_b | bb_pct_b[_{n}] percent_b[_{n}] bollinger_percent_b[_{n}]
            bb_bandwidth | bb_bandwidth[_{n}]_pct bb_width[_{n}]_pct bollinger_bandwidth[_{n}] bollinger_width[_{n}]_pct
            psar | parabolic_sar
            psar_dist_pct | parabolic_sar_dist_pct
            ichimoku_tenkan | tenkan_sen ichimoku_tenkan_sen ichimoku_conversion
            ichimoku_kijun | kijun_sen ichimoku_kijun_sen ichimoku_base
            ichimoku_senkou_a | senkou_span_a ichimoku_senkou_span_a ichimoku_span_a
            ichimoku_senkou_b | senkou_span_b ichimoku_senkou_span_b ichimoku_span_b
            atr | average_true_range[_{n}]
            atr_pct | average_true_range[_{n}]_pct
            price_change_pct | return[_{t}]_pct
            adx | average_directional_index[_{n}]
            plus_di | di_plus[_{n}]
            minus_di | di_minus[_{n}]
            rsi | relative_strength_index[_{n}]
            stoch_rsi | stochastic_rsi[_{n}]
            stoch_k | stochastic_k[_{n}]
            stoch_d | stochastic_d[_{n}]
            cci | commodity_channel_index[_{n}]
            williams_r | willr[_{n}] williams_pct_r[_{n}]
            roc_pct | roc[_{n}] rate_of_change[_{n}]_pct
            chande_momentum | cmo[_{n}]
            realized_volatility_pct | realised_volatility[_{n}]_pct historical_volatility[_{n}]_pct
            volume_ratio | relative_volume[_{n}] rvol[_{n}]
            mfi | money_flow_index[_{n}]
            cmf | chaikin_money_flow[_{n}]
            order_book_imbalance | book_imbalance bid_ask_imbalance
            spread_bps | bid_ask_spread_bps
            long_short_ratio | long_short_account_ratio
            fear_greed_index | fear_greed fear_and_greed fear_and_greed_index
            """;

    private FeatureAliases() {}
}
