namespace Headroom.Jobs.Tests;

/// <summary>Hangfire keeps its activator and its logging in statics of the process: tests that build a host must not run beside each other.</summary>
[CollectionDefinition(HangfireStatics.Name)]
public sealed class HangfireStatics
{
    public const string Name = "Hangfire's statics";
}
