using Headroom.Fpga.Records;
using Headroom.Learning.Tabular;

namespace Headroom.Fpga.Surrogates.Rivals;

/// <summary>A regressor of tables as a rival, on raw columns or on rule features, one model per target.</summary>
public sealed class TabularRival(string name, ITabularRegressor regressor, bool ruleFeatures, bool logarithmic) : IDesignModel
{
    public string Name => name;

    public IFittedDesignModel Fit(IReadOnlyList<SynthesisRecord> train, int seed, CancellationToken cancellationToken)
    {
        var models = new Dictionary<Target, ITabularModel>();
        foreach (var target in Targets.All)
        {
            var rows = train.Where(record => record[target] is not null).ToArray();
            if (rows.Length >= 2)
            {
                var set = new TabularSet(
                    ruleFeatures ? DesignFeatures.Names : RawColumns.Names,
                    [.. rows.Select(Features)],
                    [.. rows.Select(record => logarithmic ? LogCount.To(record[target]!.Value) : record[target]!.Value)],
                    [.. rows.Select(record => record.SplitGroup)]);
                models[target] = regressor.Fit(set, seed, cancellationToken);
            }
        }

        return new Fitted(this, models);
    }

    private float[] Features(SynthesisRecord record) => ruleFeatures ? TrainingRow.Of(record).Features : RawColumns.Of(record.Design);

    private sealed class Fitted(TabularRival rival, Dictionary<Target, ITabularModel> models) : IFittedDesignModel
    {
        public Estimate?[] Predict(IReadOnlyList<SynthesisRecord> designs, Target target) => models.TryGetValue(target, out var model)
            ? [.. model.Predict([.. designs.Select(rival.Features)]).Select(value => (Estimate?)new Estimate(rival.ToCount(value, target)))]
            : new Estimate?[designs.Count];
    }

    private double ToCount(double value, Target target) => logarithmic ? LogCount.From(value, target) : Math.Max(0, target.IsWhole() ? Math.Round(value) : value);
}

/// <summary>The rules alone, without learning; silent about LUT and FF.</summary>
public sealed class RulesOnly : IDesignModel, IFittedDesignModel
{
    public string Name => "rules only";

    public IFittedDesignModel Fit(IReadOnlyList<SynthesisRecord> train, int seed, CancellationToken cancellationToken) => this;

    public Estimate?[] Predict(IReadOnlyList<SynthesisRecord> designs, Target target) =>
        [.. designs.Select(record => TrainingRow.RuleOf(Rules.DesignRules.Of(record.Design), target) is { } value ? new Estimate(value) : (Estimate?)null)];
}
