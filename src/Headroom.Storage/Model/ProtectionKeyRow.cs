namespace Headroom.Storage.Model;

/// <summary>A key that protects cookies and forms, as XML. Kept here so that every server process reads what another one wrote.</summary>
public sealed class ProtectionKeyRow
{
    public required string Name { get; init; }

    public required string Xml { get; init; }
}
