using System.Reflection;
using System.Text.Json;
using Headroom.Client.Hosts;
using Headroom.Client.Jobs;
using Headroom.Client.Predictions;
using Headroom.Client.Series;

namespace Headroom.Client.Tests;

/// <summary>The client's records are held to the checked-in description of the API: nothing is read that the server does not send.</summary>
public sealed class ContractTests
{
    private static readonly JsonElement Document = Checkout.ApiDocument();

    public static TheoryData<Type, string> Records => new()
    {
        { typeof(MeasuredHost), "HostAnswer" },
        { typeof(HostEntity), "EntityAnswer" },
        { typeof(StoredSeries), "SeriesAnswer" },
        { typeof(StoredSeriesList), "SeriesListAnswer" },
        { typeof(Job), "JobAnswer" },
        { typeof(StartedJob), "JobAccepted" },
        { typeof(InterferenceModel), "InterferenceModelAnswer" },
        { typeof(ModelFeature), "FeatureAnswer" },
        { typeof(InterferencePrediction), "InterferenceAnswer" },
        { typeof(InterferenceWindow), "WindowRequest" },
        { typeof(InterferenceStep), "StepRequest" },
        { typeof(ApiProblem), "ProblemDetails" },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public void Every_property_of_a_record_is_one_of_the_schema(Type record, string schema)
    {
        var known = Document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties").EnumerateObject().Select(property => property.Name).ToHashSet();

        // A problem may carry more than its schema names: the trace id is such an extension.
        known.UnionWith(record == typeof(ApiProblem) ? ["traceId"] : []);
        var read = record.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single(constructor => constructor.GetParameters().Length > 1 || record == typeof(StoredSeriesList))
            .GetParameters().Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!));
        Assert.Equal([], read.Except(known));
    }

    [Theory]
    [InlineData("/api/v1/hosts", "get")]
    [InlineData("/api/v1/hosts/{id}", "get")]
    [InlineData("/api/v1/hosts/{id}/entities", "get")]
    [InlineData("/api/v1/series", "get")]
    [InlineData("/api/v1/live", "get")]
    [InlineData("/api/v1/jobs/{id}", "get")]
    [InlineData("/api/v1/jobs/{id}/cancel", "post")]
    [InlineData("/api/v1/jobs/{id}/result", "get")]
    [InlineData("/api/v1/interference/model", "get")]
    [InlineData("/api/v1/predictions/interference", "post")]
    public void Every_address_that_the_client_calls_is_one_of_the_API(string path, string method) =>
        Assert.True(Document.GetProperty("paths").GetProperty(path).TryGetProperty(method, out _));
}
