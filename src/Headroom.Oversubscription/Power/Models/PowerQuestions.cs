namespace Headroom.Oversubscription.Power.Models;

/// <summary>Every question about power that can be put to public data.</summary>
public static class PowerQuestions
{
    public static IReadOnlyList<IPowerQuestion> All { get; } =
    [
        new SpecPowerQuestion(calibrated: false),
        new SpecPowerQuestion(calibrated: true),
        new KeplerQuestion(),
        new MlEnergyQuestion(),
    ];
}
