using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Fpga.Tests.Surrogates;

public sealed class ModelFileTests
{
    private static readonly Lazy<ChampionPredictor> Trained = new(() =>
    {
        var (champion, card) = ModelTraining.Run(SyntheticRecords.Networks(), "made-up", 1, TimeProvider.System, CancellationToken.None);
        return ModelFile.Write(Stream.Null, champion, card);
    });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_model_read_back_answers_as_the_one_written()
    {
        using var file = new MemoryStream(Bytes());
        var read = ModelFile.Read(file, "test");
        var questions = SyntheticRecords.Networks().Select(record => new DesignQuestion(record.Design.Network, record.Design.Configuration)).ToArray();
        Assert.Equal(Trained.Value.Model.Checksum, read.Model.Checksum);
        foreach (var (left, right) in Trained.Value.Predict(questions, Cancel).Zip(read.Predict(questions, Cancel)))
        {
            Assert.Equal(left.Targets, right.Targets);
        }
    }

    [Fact]
    public void A_damaged_file_is_refused_with_the_reason()
    {
        var bytes = Bytes();
        bytes[^20] ^= 0x55;
        Assert.Throws<InvalidDataException>(() => ModelFile.Read(new MemoryStream(bytes), "test"));
        Assert.Contains("headroom train fpga", Assert.Throws<InvalidDataException>(() => ModelFile.Read(new MemoryStream([1, 2, 3]), "test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_data_that_may_not_be_passed_on_says_so() =>
        Assert.False(Trained.Value.Model.MayBeRedistributed);

    [Fact]
    public void Exact_rules_come_out_as_rules_with_an_interval_of_one_point()
    {
        var network = DenseNetworks.Chain("8-40-16", [8, 40, 16]);
        var answer = ((IDesignPredictor)Trained.Value).Predict(new DesignQuestion(network, new HlsConfiguration
        {
            WeightPrecision = new FixedPoint(8, 1),
            ReuseFactor = 8,
            Strategy = HlsStrategy.Resource,
            Stage = ReportStage.LogicSynthesis,
        }));
        var dsp = answer[Target.Dsp]!;
        Assert.Equal((120, 120, 120, Provenance.Rule), (dsp.Value, dsp.Lower, dsp.Upper, dsp.Provenance));
        Assert.False(answer.IsOutOfRange);
    }

    [Fact]
    public void The_shipped_model_may_be_passed_on_and_gives_finite_intervals_that_hold_the_value()
    {
        var shipped = ShippedModel.Load();
        Assert.True(shipped.Model.MayBeRedistributed);
        var questions =
            from strategy in Enum.GetValues<HlsStrategy>()
            from reuse in new[] { 1, 4, 64, 100_000 }
            from bits in new[] { 2, 8, 18 }
            from widths in new[] { (int[])[16, 64, 32, 32, 5], [64, 128], [4096, 2048] }
            select new DesignQuestion(DenseNetworks.Chain("net", widths), new HlsConfiguration { WeightPrecision = new FixedPoint(bits, 1), ReuseFactor = reuse, Strategy = strategy });
        foreach (var answer in shipped.Predict([.. questions], Cancel))
        {
            Assert.InRange(answer.SuccessProbability!.Value, 0, 1);
            Assert.All(answer.Targets, entry =>
            {
                Assert.True(double.IsFinite(entry.Upper), entry.ToString());
                Assert.InRange(entry.Value, entry.Lower, entry.Upper);
                Assert.True(entry.Lower >= 0);
            });
        }
    }

    [Fact]
    public void Many_designs_at_once_give_the_same_as_one_by_one()
    {
        var shipped = ShippedModel.Load();
        var network = DenseNetworks.Chain("net", [16, 64, 64, 5]);
        var questions = Enumerable.Range(1, 40).Select(reuse => new DesignQuestion(network, new HlsConfiguration { ReuseFactor = reuse, Strategy = HlsStrategy.Resource })).ToArray();
        foreach (var (together, question) in shipped.Predict(questions, Cancel).Zip(questions))
        {
            Assert.Equal(shipped.Predict(question).Targets, together.Targets);
        }
    }

    private static byte[] Bytes()
    {
        using var file = new MemoryStream();
        ModelFile.Write(file, Trained.Value.Champion, Trained.Value.Model with { Id = "made-up" });
        return file.ToArray();
    }
}
