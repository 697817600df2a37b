namespace Headroom.Web.Api.Idempotency;

/// <summary>An operation that makes something, and makes it once for all requests with the same Idempotency-Key.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class IdempotentAttribute : Attribute;
