using System.Globalization;

namespace Headroom.Client.Hosts;

/// <summary>Measured machines and what runs on them.</summary>
public sealed class HostCalls
{
    private readonly ApiCalls _calls;

    internal HostCalls(ApiCalls calls) => _calls = calls;

    /// <summary>Every host, by id.</summary>
    public IAsyncEnumerable<MeasuredHost> ListAsync(CancellationToken cancellationToken) => _calls.ListAsync<MeasuredHost>("/api/v1/hosts", cancellationToken);

    /// <summary>One host.</summary>
    /// <exception cref="ApiProblemException">There is none of that id.</exception>
    public Task<MeasuredHost> GetAsync(int host, CancellationToken cancellationToken) => _calls.GetAsync<MeasuredHost>(string.Create(CultureInfo.InvariantCulture, $"/api/v1/hosts/{host}"), cancellationToken);

    /// <summary>What a host runs and holds.</summary>
    /// <param name="host">Its id.</param>
    /// <param name="kind">One kind only, for example <c>Workload</c>; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiProblemException">There is no such host or kind.</exception>
    public IAsyncEnumerable<HostEntity> EntitiesAsync(int host, string? kind, CancellationToken cancellationToken) => _calls.ListAsync<HostEntity>(
        string.Create(CultureInfo.InvariantCulture, $"/api/v1/hosts/{host}/entities{(kind is null ? "" : $"?kind={Uri.EscapeDataString(kind)}")}"), cancellationToken);
}
