package io.github.hybridinference.model;

import java.util.Set;

/**
 * Names that mark a map as one of an order, a fill, a position, an account or a report on a portfolio, as brokers,
 * exchanges and back-testers write them. Beside one of these, {@code price} is what somebody paid, and {@code roc} what he
 * made of it.
 */
final class AccountMarks {
    private static final Set<String> MARKS = Set.of("""
            side posside positionside possd ordertype ordtype timeinforce tif reduceonly postonly closeposition
            qty quantity origqty orderqty executedqty filledqty cumqty lastqty leavesqty targetqty doneqty remainingqty
            positionqty longqty shortqty qtyavailable longquantity shortquantity size positionsize possize contracts shares
            lots lotsize filled remaining unfilled filledsize accfillsz amountrequested stakeamount orderamount
            orderid ordid clordid clientorderid origclientorderid orderlinkid ordertxid algoid parentid permid orderref
            execid executionid tradeid fillid dealid dealreference ticket positionid posid positionidx uuid txid
            priceopen openrate entryrate closerate avgprice averageprice avgpx avgcost averagecost averagefillprice
            filledavgprice avgfillprice avgentryprice avgopenprice costprice costbasis cost cummulativequoteqty cumquote
            entryprice entrypx exitprice fillprice fillpx executedprice tradeprice lastpx limitprice limitpx stopprice
            stoppx triggerprice liquidationprice liqprice liqpx bepx breakeven breakevenprice bustprice takeprofit stoploss
            stoplossabs sl tp slippagebps slippage participation commission commissions fee fees makercommission
            notional notionalusd marketvalue mktvalue positionvalue netliq netliquidation netliquidatingvalue equity
            account accountid accountnumber accountno acct acctnumber acctid accid subaccount login userid uid
            balance cashbalance walletbalance availablebalance availbalance cash buyingpower margin initialmargin imr mmr
            maintenancemargin maintmargin marginused marginratio mgnratio leverage lever wallet chainid ens
            pnl upl uplratio upnl rpnl unrealizedpnl unrealizedpl unrealisedpnl realizedpnl realizedpl realisedpnl pl
            profit profitloss profitratio profitpct profitabs plratio todaypl todayreturnpct
            entrytime exittime entrybar exitbar opentradecount
            cumulativereturn totalreturn cagr sharpe sharperatio sortino sortinoratio calmar calmarratio maxdrawdown
            winrate profitfactor kellycriterion recoveryfactor timeinmarket
            资金余额 可用金额 可用资金 股票市值 总资产 参考盈亏 成本价 持仓数量 持仓量 委托编号 成交编号 委托价格 成交均价 买卖方向 账号 账户 资金账号
            """.strip().split("\\s+"));

    private AccountMarks() {}

    static boolean contains(String name) {
        return MARKS.contains(lettersOf(name));
    }

    private static String lettersOf(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < Math.min(name.length(), FoldedName.MAX_LENGTH); i++) {
            char c = name.charAt(i);
            if (Character.isLetter(c)) {
                letters.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
            }
        }
        return letters.toString();
    }
}
