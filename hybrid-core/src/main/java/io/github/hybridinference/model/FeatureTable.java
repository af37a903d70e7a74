package io.github.hybridinference.model;

/**
 * The catalogue as data.
 *
 * <p>A row is: pattern | standard, shortest and longest period | lowest and highest figure | step | unit | meaning. In
 * a pattern {@code _{n}} is a period that the canonical name shows, {@code [_{n}]} one that it leaves out if it is the
 * standard one, and {@code [_{t}]} the place of the timeframe, if not the end. In place of a step, figures in price
 * units have the way they become relative: a {@code share} of the price or the {@code distance} of the price from them,
 * with the family they become; or only {@code together} with others. A figure that grows with the moves of the price has
 * {@code once} after its step, or {@code twice} if it is that of one bar and its values lie about zero: see
 * {@link MarketSteps}. The order of rows is the order on the wire; figures in price units stand first.
 */
final class FeatureTable {
    static final String ROWS = """
            [PRICE]
            price | - | 1e-12 1e12 | together | price | Last price
            [TREND]
            macd | - | -1e12 1e12 | share macd_pct | price | MACD line: EMA(12) less EMA(26)
            macd_signal | - | -1e12 1e12 | together | price | MACD signal line: EMA(9) of the MACD line
            macd_hist | - | -1e12 1e12 | share macd_hist_pct | price | MACD line less signal line
            macd_previous | - | -1e12 1e12 | together | price | MACD line one bar earlier
            macd_signal_previous | - | -1e12 1e12 | together | price | MACD signal line one bar earlier
            [VOLATILITY]
            bb_lower | - | 1e-12 1e12 | together | price | Lower Bollinger band (20, 2)
            bb_middle | - | 1e-12 1e12 | together | price | Middle Bollinger band, SMA(20)
            bb_upper | - | 1e-12 1e12 | together | price | Upper Bollinger band (20, 2)
            [TREND]
            ema_{n} | 20 2 400 | 1e-12 1e12 | distance ema_dist_pct | price | Exponential moving average
            sma_{n} | 20 2 400 | 1e-12 1e12 | distance sma_dist_pct | price | Simple moving average
            wma_{n} | 20 2 400 | 1e-12 1e12 | distance wma_dist_pct | price | Weighted moving average
            hma_{n} | 20 2 400 | 1e-12 1e12 | distance hma_dist_pct | price | Hull moving average
            supertrend | - | 1e-12 1e12 | distance supertrend_dist_pct | price | Supertrend line
            psar | - | 1e-12 1e12 | distance psar_dist_pct | price | Parabolic SAR
            ichimoku_tenkan | - | 1e-12 1e12 | together | price | Ichimoku conversion line, tenkan-sen
            ichimoku_kijun | - | 1e-12 1e12 | together | price | Ichimoku base line, kijun-sen
            ichimoku_senkou_a | - | 1e-12 1e12 | together | price | Ichimoku leading span A at this bar
            ichimoku_senkou_b | - | 1e-12 1e12 | together | price | Ichimoku leading span B at this bar
            [VOLUME]
            vwap | - | 1e-12 1e12 | distance vwap_dist_pct | price | Volume-weighted average price
            [VOLATILITY]
            atr_{n} | 14 2 200 | 0 1e12 | share atr_pct | price | Average true range (Wilder)
            donchian_lower | - | 1e-12 1e12 | together | price | Lower Donchian channel (20)
            donchian_upper | - | 1e-12 1e12 | together | price | Upper Donchian channel (20)
            keltner_lower | - | 1e-12 1e12 | together | price | Lower Keltner channel (20)
            keltner_upper | - | 1e-12 1e12 | together | price | Upper Keltner channel (20)
            [PRICE]
            price_change[_{t}]_pct | - | -100 999 | 0.2 twice | percent | Price change over the timeframe
            gap_pct | - | -100 999 | 0.2 twice | percent | Open against the previous close
            drawdown[_{n}]_pct | 100 2 400 | 0 100 | 1 once | percent | Fall from the highest high
            dist_from_high[_{n}]_pct | 100 2 400 | 0 100 | 1 once | percent | Distance below the highest high
            dist_from_low[_{n}]_pct | 100 2 400 | 0 999 | 1 once | percent | Distance above the lowest low
            return_zscore[_{n}] | 100 2 400 | -20 20 | 0.2 | deviations | Return of the bar in standard deviations from the mean return
            upper_wick_pct | - | 0 999 | 0.2 twice | percent | High less the upper end of the body in percent of the close
            lower_wick_pct | - | 0 999 | 0.2 twice | percent | Lower end of the body less low in percent of the close
            price_zscore[_{n}] | 20 2 400 | -20 20 | 0.2 | deviations | Price in standard deviations from its mean
            body_pct | - | -100 999 | 0.2 twice | percent | Close against open of the bar
            close_location | - | 0 1 | 0.05 | share | Place of the close between low (0) and high (1) of the bar
            consecutive_up | - | 0 99 | 1 | bars | Closes in a row above the one before
            consecutive_down | - | 0 99 | 1 | bars | Closes in a row below the one before
            [TREND]
            macd_pct | - | -99 99 | 0.05 once | percent | MACD line in percent of the price
            macd_signal_pct | - | -99 99 | 0.05 once | percent | MACD signal line in percent of the price
            macd_hist_pct | - | -99 99 | 0.02 once | percent | MACD histogram in percent of the price
            ema_{n}_dist_pct | 20 2 400 | -99 999 | 0.2 once | percent | Distance of the price from its exponential moving average
            sma_{n}_dist_pct | 20 2 400 | -99 999 | 0.2 once | percent | Distance of the price from its simple moving average
            wma_{n}_dist_pct | 20 2 400 | -99 999 | 0.2 once | percent | Distance of the price from its weighted moving average
            hma_{n}_dist_pct | 20 2 400 | -99 999 | 0.2 once | percent | Distance of the price from its Hull moving average
            ema_{n}_slope_pct | 20 2 400 | -99 99 | 0.05 once | percent | Change of the exponential moving average over one bar
            ma_spread_pct | - | -99 999 | 0.2 once | percent | Fast moving average against the slow one
            adx_{n} | 14 2 200 | 0 100 | 2 | points | Average directional index (Wilder)
            plus_di_{n} | 14 2 200 | 0 100 | 2 | points | Positive directional indicator
            minus_di_{n} | 14 2 200 | 0 100 | 2 | points | Negative directional indicator
            aroon_up[_{n}] | 25 2 200 | 0 100 | 5 | points | Aroon up
            aroon_down[_{n}] | 25 2 200 | 0 100 | 5 | points | Aroon down
            aroon_oscillator[_{n}] | 25 2 200 | -100 100 | 5 | points | Aroon up less Aroon down
            vortex_spread[_{n}] | 14 2 200 | -9 9 | 0.05 | ratio | Positive less negative vortex indicator
            supertrend_dist_pct | - | -99 999 | 0.2 once | percent | Distance of the price from the supertrend line
            psar_dist_pct | - | -99 999 | 0.2 once | percent | Distance of the price from the parabolic SAR
            ichimoku_cloud_dist_pct | - | -99 999 | 0.2 once | percent | Distance of the price from the nearer edge of the Ichimoku cloud
            ichimoku_tk_spread_pct | - | -99 99 | 0.1 once | percent | Tenkan-sen against kijun-sen
            ichimoku_cloud_width_pct | - | 0 999 | 0.2 once | percent | Width of the Ichimoku cloud in percent of the price
            trend_slope[_{n}]_pct | 20 2 400 | -99 99 | 0.05 once | percent | Slope of the regression line per bar
            trend_r_squared[_{n}] | 20 2 400 | 0 1 | 0.05 | share | Fit of the regression line
            autocorrelation[_{n}] | 100 20 400 | -1 1 | 0.05 | coefficient | Correlation of a return with the one before
            beta[_{n}] | 100 20 400 | -9 9 | 0.1 | ratio | Sensitivity to the returns of the market
            market_correlation[_{n}] | 100 20 400 | -1 1 | 0.05 | coefficient | Correlation with the returns of the market
            relative_strength_pct | - | -100 999 | 0.2 twice | percent | Price change less that of the market
            hurst[_{n}] | 100 20 400 | 0 1 | 0.05 | exponent | Hurst exponent
            [MOMENTUM]
            rsi_{n} | 14 2 200 | 0 100 | 1 | points | Relative strength index (Wilder)
            stoch_rsi[_{n}] | 14 2 200 | 0 100 | 5 | points | Stochastic RSI
            stoch_k[_{n}] | 14 2 200 | 0 100 | 5 | points | Stochastic oscillator, %K
            stoch_d[_{n}] | 14 2 200 | 0 100 | 5 | points | Stochastic oscillator, %D
            cci_{n} | 20 2 200 | -2000 2000 | 10 | points | Commodity channel index
            williams_r[_{n}] | 14 2 200 | -100 0 | 5 | points | Williams %R
            roc_{n}_pct | 10 1 400 | -100 999 | 0.2 once | percent | Rate of change
            momentum_{n}_pct | 10 1 400 | -100 999 | 0.2 once | percent | Price against the price some bars ago
            tsi | - | -100 100 | 2 | points | True strength index
            ultimate_oscillator | - | 0 100 | 2 | points | Ultimate oscillator
            awesome_oscillator_pct | - | -99 99 | 0.05 once | percent | Awesome oscillator in percent of the price
            trix_{n}_pct | 15 2 200 | -9 9 | 0.01 once | percent | Triple smoothed rate of change
            rsi_change | - | -100 100 | 1 | points | Change of RSI(14) over one bar
            dpo[_{n}]_pct | 20 2 200 | -99 99 | 0.1 once | percent | Detrended price oscillator in percent of the price
            bull_power_pct | - | -99 99 | 0.1 twice | percent | Elder's bull power in percent of the price
            bear_power_pct | - | -99 99 | 0.1 twice | percent | Elder's bear power in percent of the price
            ppo_pct | - | -99 99 | 0.05 once | percent | Percentage price oscillator
            connors_rsi | - | 0 100 | 2 | points | Connors RSI
            fisher | - | -9 9 | 0.1 | points | Fisher transform
            chande_momentum[_{n}] | 14 2 200 | -100 100 | 5 | points | Chande momentum oscillator
            [VOLATILITY]
            volatility_pct | - | 0 100 | 0.2 once | percent | ATR(14) in percent of the close, the volatility of the classifier
            atr[_{n}]_pct | 14 2 200 | 0 100 | 0.2 once | percent | Average true range in percent of the price
            realized_volatility[_{n}]_pct | 30 2 400 | 0 998 | 2 | percent a year | Annualized standard deviation of returns
            volatility_zscore[_{n}] | 100 2 400 | -20 20 | 0.2 | deviations | Volatility in standard deviations from its mean
            bb_percent_b[_{n}] | 20 2 200 | -9 9 | 0.05 | share | Place of the price between lower (0) and upper (1) Bollinger band
            bb_bandwidth[_{n}] | 20 2 200 | 0 999 | 0.5 once | percent | Distance between the Bollinger bands in percent of the middle band
            keltner_position[_{n}] | 20 2 200 | -9 9 | 0.05 | share | Place of the price between lower (0) and upper (1) Keltner channel
            donchian_position[_{n}] | 20 2 400 | -9 9 | 0.05 | share | Place of the price between lower (0) and upper (1) Donchian channel
            donchian_width[_{n}]_pct | 20 2 400 | 0 999 | 0.5 once | percent | Width of the Donchian channel in percent of the price
            squeeze | - | 0 1 | 1 | share | Bollinger bands inside the Keltner channel: 1, else 0
            range_pct | - | 0 999 | 0.2 once | percent | High less low of the bar in percent of the close
            ulcer_index[_{n}] | 14 2 200 | 0 100 | 0.2 once | percent | Ulcer index
            mass_index | - | 0 99 | 0.2 | points | Mass index
            skewness[_{n}] | 100 20 400 | -20 20 | 0.1 | ratio | Skewness of returns
            kurtosis[_{n}] | 100 20 400 | -20 200 | 0.5 | ratio | Excess kurtosis of returns
            choppiness[_{n}] | 14 2 200 | 0 100 | 2 | points | Choppiness index
            [VOLUME]
            volume_ratio[_{n}] | 20 2 400 | 0 999 | 0.2 | ratio | Volume against its simple moving average
            volume_change[_{t}]_pct | - | -100 9990 | 10 | percent | Change of volume
            volume_zscore[_{n}] | 20 2 400 | -20 20 | 0.2 | deviations | Volume in standard deviations from its mean
            obv_change[_{t}]_pct | - | -999 999 | 1 | percent | Change of on-balance volume
            adl_change[_{t}]_pct | - | -999 999 | 1 | percent | Change of the accumulation and distribution line
            pvt_change[_{t}]_pct | - | -999 999 | 1 | percent | Change of the price-volume trend
            mfi_{n} | 14 2 200 | 0 100 | 2 | points | Money flow index
            cmf_{n} | 20 2 200 | -1 1 | 0.05 | share | Chaikin money flow
            vwap_dist_pct | - | -99 999 | 0.2 once | percent | Distance of the price from the volume-weighted average price
            ease_of_movement_zscore | - | -20 20 | 0.2 | deviations | Ease of movement in standard deviations from its mean
            force_index_zscore | - | -20 20 | 0.2 | deviations | Force index in standard deviations from its mean
            taker_buy_ratio | - | 0 1 | 0.02 | share | Share of volume bought at the ask
            [ORDER_BOOK]
            order_book_imbalance | - | -1 1 | 0.05 | share | Bid depth less ask depth over their sum
            spread_bps | - | 0 9999 | 1 | basis points | Best ask less best bid
            spread_zscore | - | -20 20 | 0.2 | deviations | Spread in standard deviations from its mean
            bid_ask_ratio | - | 0 99 | 0.1 | ratio | Bid depth against ask depth
            depth_change_pct | - | -100 995 | 5 | percent | Change of depth near the price
            trade_imbalance | - | -1 1 | 0.05 | share | Buyer-started less seller-started volume over their sum
            cvd_change[_{t}]_pct | - | -999 999 | 1 | percent | Change of cumulative volume delta
            [DERIVATIVES]
            funding_rate_pct | - | -9 9 | 0.001 | percent | Funding rate of the perpetual, per interval
            funding_rate_zscore | - | -20 20 | 0.2 | deviations | Funding rate in standard deviations from its mean
            open_interest_change[_{t}]_pct | - | -100 999 | 0.5 | percent | Change of open interest
            open_interest_zscore | - | -20 20 | 0.2 | deviations | Open interest in standard deviations from its mean
            long_short_ratio | - | 0 99 | 0.1 | ratio | Long accounts against short accounts of the market
            basis_pct | - | -99 99 | 0.05 | percent | Futures price against spot
            implied_volatility_pct | - | 0 998 | 2 | percent a year | Volatility implied by options
            iv_rank | - | 0 100 | 2 | points | Place of implied volatility in its range of a year
            iv_percentile | - | 0 100 | 2 | points | Share of the days of a year with lower implied volatility
            term_structure_pct | - | -99 99 | 0.5 | percent | Far implied volatility less near one
            gamma_exposure_zscore | - | -20 20 | 0.2 | deviations | Dealers' gamma in standard deviations from its mean
            max_pain_dist_pct | - | -99 999 | 0.5 | percent | Distance of the price from the options' max-pain strike
            put_call_ratio | - | 0 99 | 0.05 | ratio | Puts against calls
            option_skew_pct | - | -99 99 | 1 | percent | Implied volatility of puts less that of calls
            liquidation_imbalance | - | -1 1 | 0.05 | share | Liquidated longs less liquidated shorts over their sum
            liquidation_zscore | - | -20 20 | 0.2 | deviations | Liquidated volume in standard deviations from its mean
            [SENTIMENT]
            fear_greed_index | - | 0 100 | 2 | points | Fear (0) and greed (100) index
            sentiment_score | - | -1 1 | 0.05 | score | Mood of texts from -1 to 1
            sentiment_change | - | -2 2 | 0.05 | score | Change of the sentiment score
            news_sentiment | - | -1 1 | 0.05 | score | Mood of news from -1 to 1
            social_sentiment | - | -1 1 | 0.05 | score | Mood of posts from -1 to 1
            news_count | - | 0 9995 | 5 | count | News items over the timeframe
            news_count_zscore | - | -20 20 | 0.2 | deviations | News items in standard deviations from their mean
            sentiment_zscore | - | -20 20 | 0.2 | deviations | Sentiment score in standard deviations from its mean
            bullish_pct | - | 0 100 | 2 | percent | Share of bullish voices
            bearish_pct | - | 0 100 | 2 | percent | Share of bearish voices
            social_dominance_pct | - | 0 100 | 1 | percent | Share of this instrument in all posts
            social_volume_zscore | - | -20 20 | 0.2 | deviations | Posts in standard deviations from their mean
            social_volume_change_pct | - | -100 9990 | 10 | percent | Change of posts
            search_interest | - | 0 100 | 5 | points | Search interest from 0 to 100
            vix | - | 0 200 | 1 | points | Volatility index of the stock market
            vix_change_pct | - | -100 999 | 1 | percent | Change of the volatility index
            dollar_index_change_pct | - | -99 99 | 0.1 | percent | Change of the US dollar index
            market_breadth_pct | - | 0 100 | 2 | percent | Share of instruments of the market that rise
            advance_decline_ratio | - | 0 99 | 0.1 | ratio | Rising against falling instruments of the market
            btc_dominance_pct | - | 0 100 | 1 | percent | Bitcoin's share of the value of all crypto currencies
            [ON_CHAIN]
            exchange_netflow_zscore | - | -20 20 | 0.2 | deviations | Net flow to exchanges in standard deviations from its mean
            exchange_inflow_zscore | - | -20 20 | 0.2 | deviations | Flow into exchanges in standard deviations from its mean
            exchange_outflow_zscore | - | -20 20 | 0.2 | deviations | Flow out of exchanges in standard deviations from its mean
            exchange_reserve_change_pct | - | -100 999 | 0.1 | percent | Change of coins held at exchanges
            active_addresses_change_pct | - | -100 999 | 1 | percent | Change of the number of active addresses
            active_addresses_zscore | - | -20 20 | 0.2 | deviations | Active addresses in standard deviations from their mean
            new_addresses_change_pct | - | -100 999 | 1 | percent | Change of the number of new addresses
            transaction_count_change_pct | - | -100 999 | 1 | percent | Change of the number of transactions
            whale_transactions_zscore | - | -20 20 | 0.2 | deviations | Large transactions in standard deviations from their mean
            hash_rate_change_pct | - | -100 999 | 1 | percent | Change of the hash rate
            miner_outflow_zscore | - | -20 20 | 0.2 | deviations | Outflow from miners in standard deviations from its mean
            difficulty_change_pct | - | -100 999 | 1 | percent | Change of the mining difficulty
            coin_days_destroyed_zscore | - | -20 20 | 0.2 | deviations | Coin days destroyed in standard deviations from their mean
            puell_multiple | - | 0 99 | 0.1 | ratio | Miners' income against its mean of a year
            nupl | - | -99 1 | 0.02 | share | Net unrealized profit and loss of all holders
            supply_in_profit_pct | - | 0 100 | 1 | percent | Share of coins last moved at a lower price
            mvrv_zscore | - | -20 20 | 0.2 | deviations | Market less realized value in standard deviations
            mvrv | - | 0 99 | 0.1 | ratio | Market value against realized value
            nvt_zscore | - | -20 20 | 0.2 | deviations | Network value to transactions in standard deviations from its mean
            sopr | - | 0 9 | 0.01 | ratio | Spent output profit ratio
            stablecoin_supply_change_pct | - | -100 999 | 0.1 | percent | Change of stable coins in circulation
            tvl_change_pct | - | -100 999 | 1 | percent | Change of the value locked in contracts
            staked_pct | - | 0 100 | 1 | percent | Share of coins that are staked
            gas_price_zscore | - | -20 20 | 0.2 | deviations | Price of gas in standard deviations from its mean
            [CALENDAR]
            hours_to_funding | - | 0 99 | 1 | hours | Hours to the next funding
            hours_to_close | - | 0 99 | 1 | hours | Hours to the close of the session
            days_to_expiry | - | 0 999 | 1 | days | Days to the next expiry
            hours_to_event | - | 0 999 | 1 | hours | Hours to the next scheduled announcement
            days_to_event | - | 0 999 | 1 | days | Days to the next scheduled announcement
            """;

    private FeatureTable() {}
}
