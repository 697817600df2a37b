using System.Text.Json.Serialization;

namespace Headroom.Agent.Enrolment;

/// <summary>Who this agent is to its server.</summary>
internal sealed record AgentKey(string Server, Guid AgentId, string Key);

/// <summary>JSON of the key file without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(AgentKey))]
internal sealed partial class AgentKeyJson : JsonSerializerContext;
