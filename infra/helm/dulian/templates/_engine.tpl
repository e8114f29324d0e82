{{/*
A built-in server: one pod with its own volume, reached by the services alone. dict
  "root" $  "component" "kafka"  "values" .Values.builtIn.kafka  "port" 9092  "user" 1000
  "mount" (path of the data)  "container" (text: env, command, probes, further mounts)  "volumes" (text: further volumes)
*/}}
{{- define "dulian.engine" -}}
{{- $name := printf "%s-%s" (include "dulian.fullname" .root) .component -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ $name }}
  labels:
    {{- include "dulian.labels" . | nindent 4 }}
spec:
  replicas: 1
  serviceName: {{ $name }}
  selector:
    matchLabels:
      {{- include "dulian.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "dulian.labels" . | nindent 8 }}
      annotations:
        checksum/settings: {{ include (print .root.Template.BasePath "/engine-settings.yaml") .root | sha256sum }}
    spec:
      serviceAccountName: {{ include "dulian.serviceAccountName" .root }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: 60
      securityContext:
        runAsNonRoot: true
        runAsUser: {{ .user }}
        runAsGroup: {{ .user }}
        fsGroup: {{ .user }}
        fsGroupChangePolicy: OnRootMismatch
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: {{ .component }}
          image: {{ .values.image | quote }}
          ports:
            - name: {{ .component }}
              containerPort: {{ .port }}
          {{- .container | nindent 10 }}
          resources:
            {{- toYaml .values.resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: data
              mountPath: {{ .mount }}
            {{- with .mounts }}
            {{- . | nindent 12 }}
            {{- end }}
      {{- with .volumes }}
      volumes:
        {{- . | nindent 8 }}
      {{- end }}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .values.storageClassName }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ .values.size }}
---
# Without an address of its own: the name is the pod, also while it is not ready, since Kafka and MongoDB must find themselves
# by it before they can be.
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  labels:
    {{- include "dulian.labels" . | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "dulian.selector" . | nindent 4 }}
  ports:
    - name: {{ .component }}
      port: {{ .port }}
      targetPort: {{ .component }}
{{- if .root.Values.networkPolicy.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $name }}
  labels:
    {{- include "dulian.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "dulian.selector" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: {{ .root.Chart.Name }}
              app.kubernetes.io/instance: {{ .root.Release.Name }}
            matchExpressions:
              - key: app.kubernetes.io/component
                operator: In
                values: [{{ append (keys .root.Values.services | sortAlpha) .component | join ", " }}]
{{- end }}
{{- end -}}
